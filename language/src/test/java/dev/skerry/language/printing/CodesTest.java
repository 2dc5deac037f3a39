package dev.skerry.language.printing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodesTest {

    @Test
    void code_128_is_that_of_the_standard() {
        // Start B, W i k i p e d i a, check 88: the example of many textbooks.
        assertEquals(
                List.of(104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88),
                Code128.of("Wikipedia").symbols());
    }

    @Test
    void digits_go_in_pairs() {
        assertEquals(List.of(105, 0, 42, 100, 13), withoutCheck("0042-"));
        assertEquals(List.of(104, 33, 17, 99, 23, 45, 67), withoutCheck("A1234567"));
        assertEquals(List.of(104, 33, 17, 18, 19, 33), withoutCheck("A123A"));
    }

    private static List<Integer> withoutCheck(String text) {
        List<Integer> symbols = Code128.of(text).symbols();
        return symbols.subList(0, symbols.size() - 1);
    }

    @Test
    void a_receipt_number_fits_on_paper_of_80_mm() {
        Code128 code = Code128.of("0042-till-3-20260302-0017");
        // 576 dots, two a module.
        assertTrue(code.modules() + 2 * Code128.QUIET_MODULES <= 288, code.modules() + "");
        assertEquals(code.modules(), code.widths().stream().mapToInt(it -> it).sum());
    }

    @Test
    void what_cannot_be_a_bar_code_is_refused() {
        assertFalse(Code128.fits(""));
        assertFalse(Code128.fits("ä"));
        assertFalse(Code128.fits("1".repeat(81)));
        assertThrows(IllegalArgumentException.class, () -> Code128.of("a\n"));
        assertFalse(QrCode.fits("x".repeat(214)));
        assertThrows(IllegalArgumentException.class, () -> QrCode.of("x".repeat(214)));
    }

    @Test
    void a_qr_code_can_be_read_back_at_every_length() {
        for (int length = 1; length <= QrCode.LENGTH_MAX; length++) {
            String text = "https://skerry.dev/r/".repeat(11).substring(0, length);
            assertEquals(text, new QrReader(QrCode.of(text)).text(), length + " bytes");
        }
    }

    /// Reads the bits of the data as the standard says where they are; error correction is not looked at.
    private record QrReader(QrCode code) {

        private static final List<Integer> BLOCKS = List.of(1, 1, 1, 2, 2, 4, 4, 4, 5, 5);
        private static final List<Integer> DATA =
                List.of(16, 28, 44, 64, 86, 108, 124, 154, 182, 216);
        private static final List<List<Integer>> CENTRES =
                List.of(
                        List.of(),
                        List.of(6, 18),
                        List.of(6, 22),
                        List.of(6, 26),
                        List.of(6, 30),
                        List.of(6, 34),
                        List.of(6, 22, 38),
                        List.of(6, 24, 42),
                        List.of(6, 26, 46),
                        List.of(6, 28, 50));

        private int version() {
            return (code.size() - 17) / 4;
        }

        private int mask() {
            int bits = 0;
            for (int x : new int[] {0, 1, 2, 3, 4, 5}) {
                bits = bits << 1 | (code.dark(x, 8) ? 1 : 0);
            }
            bits ^= 0b101010;
            assertEquals(0, bits >>> 4, "level M");
            return bits >>> 1 & 7;
        }

        private boolean function(int x, int y) {
            int size = code.size();
            boolean corner =
                    (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8);
            boolean version =
                    version() >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6));
            return corner || version || x == 6 || y == 6 || alignment(x, y);
        }

        private boolean alignment(int x, int y) {
            int size = code.size();
            for (int cx : CENTRES.get(version() - 1)) {
                for (int cy : CENTRES.get(version() - 1)) {
                    boolean finder =
                            (cx == 6 && cy == 6)
                                    || (cx == 6 && cy == size - 7)
                                    || (cx == size - 7 && cy == 6);
                    if (!finder && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static boolean flipped(int mask, int i, int j) {
            return switch (mask) {
                case 0 -> (i + j) % 2 == 0;
                case 1 -> i % 2 == 0;
                case 2 -> j % 3 == 0;
                case 3 -> (i + j) % 3 == 0;
                case 4 -> (i / 2 + j / 3) % 2 == 0;
                case 5 -> i * j % 2 + i * j % 3 == 0;
                case 6 -> (i * j % 2 + i * j % 3) % 2 == 0;
                default -> ((i + j) % 2 + i * j % 3) % 2 == 0;
            };
        }

        private List<Integer> bytes() {
            List<Integer> all = new ArrayList<>();
            int mask = mask();
            int value = 0;
            int bits = 0;
            boolean up = true;
            for (int right = code.size() - 1; right > 0; right -= right == 8 ? 3 : 2) {
                for (int i = 0; i < code.size(); i++) {
                    int y = up ? code.size() - 1 - i : i;
                    for (int x : new int[] {right, right - 1}) {
                        if (!function(x, y)) {
                            value = value << 1 | (code.dark(x, y) ^ flipped(mask, y, x) ? 1 : 0);
                            if (++bits == 8) {
                                all.add(value);
                                value = 0;
                                bits = 0;
                            }
                        }
                    }
                }
                up = !up;
            }
            return all;
        }

        String text() {
            int blocks = BLOCKS.get(version() - 1);
            int data = DATA.get(version() - 1);
            List<Integer> all = bytes();
            List<List<Integer>> parts = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                parts.add(new ArrayList<>());
            }
            int even = data / blocks;
            for (int i = 0; i < data; i++) {
                int block =
                        i < even * blocks ? i % blocks : blocks - data % blocks + i - even * blocks;
                parts.get(block).add(all.get(i));
            }
            StringBuilder bits = new StringBuilder();
            parts.forEach(part ->
                    part.forEach(it -> bits.append(Integer.toBinaryString(256 + it).substring(1))));
            assertEquals("0100", bits.substring(0, 4), "bytes");
            int lengthBits = version() < 10 ? 8 : 16;
            int length = Integer.parseInt(bits.substring(4, 4 + lengthBits), 2);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                int from = 4 + lengthBits + i * 8;
                text.append((char) Integer.parseInt(bits.substring(from, from + 8), 2));
            }
            return text.toString();
        }
    }
}
