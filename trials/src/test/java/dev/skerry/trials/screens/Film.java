package dev.skerry.trials.screens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A film of one barcode, for a browser's camera: 640 by 480, without sound or end.
///
/// ISO/IEC 15420: EAN-13.
final class Film {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MODULE = 4;
    private static final int FRAMES = 10;

    private static final String[] LEFT = {
        "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
        "0110111", "0001011"
    };
    private static final String[] FIRST = {
        "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL",
        "LGGLGL"
    };

    private Film() {}

    /// @param code 13 digits
    static Path of(String code, Path file) {
        String bars = bars(code);
        byte[] picture = new byte[WIDTH * HEIGHT * 3 / 2];
        Arrays.fill(picture, 0, WIDTH * HEIGHT, (byte) 235);
        Arrays.fill(picture, WIDTH * HEIGHT, picture.length, (byte) 128);
        int begin = (WIDTH - bars.length() * MODULE) / 2;
        for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++) {
            for (int x = 0; x < bars.length() * MODULE; x++) {
                if (bars.charAt(x / MODULE) == '1') {
                    picture[y * WIDTH + begin + x] = 16;
                }
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(
                    "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n"
                            .formatted(WIDTH, HEIGHT)
                            .getBytes(US_ASCII));
            for (int i = 0; i < FRAMES; i++) {
                out.write("FRAME\n".getBytes(US_ASCII));
                out.write(picture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static String bars(String code) {
        String sets = FIRST[code.charAt(0) - '0'];
        StringBuilder bars = new StringBuilder("101");
        for (int i = 1; i <= 6; i++) {
            String left = LEFT[code.charAt(i) - '0'];
            bars.append(
                    sets.charAt(i - 1) == 'L'
                            ? left
                            : new StringBuilder(inverse(left)).reverse().toString());
        }
        bars.append("01010");
        for (int i = 7; i <= 12; i++) {
            bars.append(inverse(LEFT[code.charAt(i) - '0']));
        }
        return bars.append("101").toString();
    }

    private static String inverse(String bars) {
        return bars.replace('0', 'x').replace('1', '0').replace('x', '1');
    }
}
