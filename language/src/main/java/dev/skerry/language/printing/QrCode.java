package dev.skerry.language.printing;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// The QR code (ISO/IEC 18004, model 2) of a text: its UTF-8 bytes, error correction level M, the smallest of versions 1 to 10.
/// For one thread while it is made; any thread then.
public final class QrCode {

    /// In bytes of UTF-8.
    public static final int LENGTH_MAX = 213;

    /// Modules that have to stay white on each side.
    public static final int QUIET_MODULES = 4;

    private static final int VERSION_MAX = 10;
    private static final int MASKS = 8;

    /// Of level M, by version from 1 on: bytes of error correction a block, blocks, centres of alignment patterns.
    private static final List<Integer> CORRECTION = List.of(10, 16, 26, 18, 24, 16, 18, 22, 22, 26);

    private static final List<Integer> BLOCKS = List.of(1, 1, 1, 2, 2, 4, 4, 4, 5, 5);

    private static final List<List<Integer>> ALIGNMENT =
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

    private final int version;
    private final int size;
    private final BitSet dark;
    private final BitSet fixed;

    /// Whether [#of] takes a text.
    public static boolean fits(String text) {
        return !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= LENGTH_MAX;
    }

    /// @throws IllegalArgumentException if it is empty, or too long
    public static QrCode of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int version =
                IntStream.rangeClosed(1, VERSION_MAX)
                        .filter(it -> bytes.length > 0 && bytes.length <= capacity(it))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a QR code has 1 to %d bytes here, not %d"
                                                .formatted(LENGTH_MAX, bytes.length)));
        return new QrCode(version, bytes);
    }

    private QrCode(int version, byte[] text) {
        this.version = version;
        this.size = version * 4 + 17;
        this.dark = new BitSet(size * size);
        this.fixed = new BitSet(size * size);
        patterns();
        place(corrected(data(text)));
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int mask = 0; mask < MASKS; mask++) {
            mask(mask);
            format(mask);
            int penalty = penalty();
            if (penalty < least) {
                least = penalty;
                best = mask;
            }
            mask(mask);
        }
        mask(best);
        format(best);
    }

    /// Modules a side, without quiet zone.
    public int size() {
        return size;
    }

    public boolean dark(int x, int y) {
        return dark.get(y * size + x);
    }

    // ---- what it says

    /// Bytes of a text that fit.
    private static int capacity(int version) {
        return dataBytes(version) - (version < 10 ? 2 : 3);
    }

    private static int allBytes(int version) {
        int modules = (16 * version + 128) * version + 64;
        if (version >= 2) {
            int patterns = version / 7 + 2;
            modules -= (25 * patterns - 10) * patterns - 55;
            modules -= version >= 7 ? 36 : 0;
        }
        return modules / 8;
    }

    private static int dataBytes(int version) {
        return allBytes(version) - CORRECTION.get(version - 1) * BLOCKS.get(version - 1);
    }

    /// Mode, length, text, terminator, padding.
    private byte[] data(byte[] text) {
        byte[] all = new byte[dataBytes(version)];
        int bit = put(all, 0, 0b0100, 4);
        bit = put(all, bit, text.length, version < 10 ? 8 : 16);
        for (byte one : text) {
            bit = put(all, bit, one & 0xFF, 8);
        }
        bit += Math.min(4, all.length * 8 - bit);
        int pad = 0xEC;
        for (int i = (bit + 7) / 8; i < all.length; i++) {
            all[i] = (byte) pad;
            pad ^= 0xEC ^ 0x11;
        }
        return all;
    }

    private static int put(byte[] into, int at, int value, int bits) {
        for (int i = 0; i < bits; i++) {
            int bit = at + i;
            into[bit >>> 3] |= (byte) ((value >>> (bits - 1 - i) & 1) << (7 - (bit & 7)));
        }
        return at + bits;
    }

    /// The blocks with their error correction, interleaved.
    private byte[] corrected(byte[] data) {
        int blocks = BLOCKS.get(version - 1);
        int correction = CORRECTION.get(version - 1);
        int all = allBytes(version);
        int shortBlocks = blocks - all % blocks;
        int shortData = all / blocks - correction;
        byte[] divisor = divisor(correction);
        byte[] result = new byte[all];
        for (int block = 0, from = 0; block < blocks; block++) {
            int length = shortData + (block < shortBlocks ? 0 : 1);
            byte[] rest = remainder(data, from, length, divisor);
            for (int i = 0; i < length; i++) {
                // The last byte of a long block has no neighbours in the short ones.
                int at = i < shortData ? i * blocks + block : i * blocks + block - shortBlocks;
                result[at] = data[from + i];
            }
            for (int i = 0; i < correction; i++) {
                result[data.length + i * blocks + block] = rest[i];
            }
            from += length;
        }
        return result;
    }

    private static byte[] divisor(int degree) {
        byte[] result = new byte[degree];
        result[degree - 1] = 1;
        int root = 1;
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j < degree; j++) {
                result[j] = (byte) times(result[j] & 0xFF, root);
                if (j + 1 < degree) {
                    result[j] ^= result[j + 1];
                }
            }
            root = times(root, 2);
        }
        return result;
    }

    private static byte[] remainder(byte[] data, int from, int length, byte[] divisor) {
        byte[] result = new byte[divisor.length];
        for (int i = from; i < from + length; i++) {
            int factor = (data[i] ^ result[0]) & 0xFF;
            System.arraycopy(result, 1, result, 0, result.length - 1);
            result[result.length - 1] = 0;
            for (int j = 0; j < result.length; j++) {
                result[j] ^= (byte) times(divisor[j] & 0xFF, factor);
            }
        }
        return result;
    }

    /// In the field of 256 elements modulo x⁸ + x⁴ + x³ + x² + 1.
    private static int times(int x, int y) {
        int product = 0;
        for (int i = 7; i >= 0; i--) {
            product = product << 1 ^ (product >>> 7) * 0x11D;
            product ^= (y >>> i & 1) * x;
        }
        return product;
    }

    // ---- where it stands

    private void set(int x, int y, boolean isDark) {
        dark.set(y * size + x, isDark);
        fixed.set(y * size + x);
    }

    private void patterns() {
        for (int i = 0; i < size; i++) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
        finder(3, 3);
        finder(size - 4, 3);
        finder(3, size - 4);
        List<Integer> centres = ALIGNMENT.get(version - 1);
        for (int x : centres) {
            for (int y : centres) {
                boolean corner =
                        (x == 6 && y == 6)
                                || (x == 6 && y == size - 7)
                                || (x == size - 7 && y == 6);
                if (!corner) {
                    alignment(x, y);
                }
            }
        }
        format(0);
        if (version >= 7) {
            versions();
        }
    }

    private void finder(int x, int y) {
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                int distance = Math.max(Math.abs(dx), Math.abs(dy));
                if (x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size) {
                    set(x + dx, y + dy, distance != 2 && distance != 4);
                }
            }
        }
    }

    private void alignment(int x, int y) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) != 1);
            }
        }
    }

    /// Level M, whose bits are 00, and the mask, with their own error correction.
    private void format(int mask) {
        int rest = mask;
        for (int i = 0; i < 10; i++) {
            rest = rest << 1 ^ (rest >>> 9) * 0x537;
        }
        int bits = (mask << 10 | rest) ^ 0x5412;
        for (int i = 0; i <= 5; i++) {
            set(8, i, bit(bits, i));
        }
        set(8, 7, bit(bits, 6));
        set(8, 8, bit(bits, 7));
        set(7, 8, bit(bits, 8));
        for (int i = 9; i < 15; i++) {
            set(14 - i, 8, bit(bits, i));
        }
        for (int i = 0; i < 8; i++) {
            set(size - 1 - i, 8, bit(bits, i));
        }
        for (int i = 8; i < 15; i++) {
            set(8, size - 15 + i, bit(bits, i));
        }
        set(8, size - 8, true);
    }

    private void versions() {
        int rest = version;
        for (int i = 0; i < 12; i++) {
            rest = rest << 1 ^ (rest >>> 11) * 0x1F25;
        }
        int bits = version << 12 | rest;
        for (int i = 0; i < 18; i++) {
            int a = size - 11 + i % 3;
            int b = i / 3;
            set(a, b, bit(bits, i));
            set(b, a, bit(bits, i));
        }
    }

    private static boolean bit(int bits, int at) {
        return (bits >>> at & 1) == 1;
    }

    /// In columns of two from the right, up and down by turns, past the column of the timing pattern.
    private void place(byte[] bytes) {
        int next = 0;
        for (int right = size - 1; right >= 1; right -= 2) {
            if (right == 6) {
                right = 5;
            }
            boolean up = (right + 1 & 2) == 0;
            for (int step = 0; step < size; step++) {
                int y = up ? size - 1 - step : step;
                for (int x = right; x >= right - 1; x--) {
                    if (!fixed.get(y * size + x) && next < bytes.length * 8) {
                        dark.set(y * size + x, bit(bytes[next >>> 3], 7 - (next & 7)));
                        next++;
                    }
                }
            }
        }
    }

    /// Doing it twice undoes it.
    private void mask(int mask) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (!fixed.get(y * size + x) && flips(mask, x, y)) {
                    dark.flip(y * size + x);
                }
            }
        }
    }

    private static boolean flips(int mask, int x, int y) {
        return switch (mask) {
            case 0 -> (x + y) % 2 == 0;
            case 1 -> y % 2 == 0;
            case 2 -> x % 3 == 0;
            case 3 -> (x + y) % 3 == 0;
            case 4 -> (x / 3 + y / 2) % 2 == 0;
            case 5 -> x * y % 2 + x * y % 3 == 0;
            case 6 -> (x * y % 2 + x * y % 3) % 2 == 0;
            default -> ((x + y) % 2 + x * y % 3) % 2 == 0;
        };
    }

    /// How hard it is to read: any mask is allowed, and the standard wants the least of this.
    private int penalty() {
        int penalty = 0;
        for (int i = 0; i < size; i++) {
            penalty += runs(i, true) + runs(i, false);
        }
        for (int y = 0; y < size - 1; y++) {
            for (int x = 0; x < size - 1; x++) {
                boolean one = dark(x, y);
                if (one == dark(x + 1, y) && one == dark(x, y + 1) && one == dark(x + 1, y + 1)) {
                    penalty += 3;
                }
            }
        }
        int all = size * size;
        int deviation = Math.abs(dark.cardinality() * 20 - all * 10);
        return penalty + (Math.max(deviation - 1, 0) / all) * 10;
    }

    /// Long runs of one colour, and what looks like a finder, in a row or column.
    private int runs(int line, boolean row) {
        int penalty = 0;
        int run = 0;
        int window = 0;
        for (int i = 0; i < size; i++) {
            boolean now = row ? dark(i, line) : dark(line, i);
            boolean same = i > 0 && now == (row ? dark(i - 1, line) : dark(line, i - 1));
            run = same ? run + 1 : 1;
            if (run == 5) {
                penalty += 3;
            } else if (run > 5) {
                penalty++;
            }
            window = (window << 1 | (now ? 1 : 0)) & 0x7FF;
            if (i >= 10 && (window == 0b00001011101 || window == 0b10111010000)) {
                penalty += 40;
            }
        }
        return penalty;
    }
}
