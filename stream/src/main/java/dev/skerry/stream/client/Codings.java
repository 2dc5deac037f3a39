package dev.skerry.stream.client;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.skerry.stream.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// HTTP content codings.
final class Codings {

    static final String ACCEPTED = "zstd, gzip";

    /// RFC 9659: no window larger than 8 MB, so that a peer cannot make us take more.
    private static final int WINDOW_LOG_MAX = 23;

    private static final int ZSTD_LEVEL = 3;

    private Codings() {}

    static Bytes gzip(Bytes plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length() / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain.array(), plain.from(), plain.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(out.toByteArray());
    }

    static Bytes zstd(Bytes plain) {
        byte[] out = new byte[Math.toIntExact(Zstd.compressBound(plain.length()))];
        long length =
                Zstd.compressByteArray(
                        out,
                        0,
                        out.length,
                        plain.array(),
                        plain.from(),
                        plain.length(),
                        ZSTD_LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
        }
        return new Bytes(out, 0, (int) length);
    }

    /// @throws IOException if the body is broken, its coding unknown, or it would be larger than allowed
    static byte[] decode(byte[] body, String coding, int bytesMax) throws IOException {
        InputStream coded = new ByteArrayInputStream(body);
        return switch (coding) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> drain(new GZIPInputStream(coded), bytesMax);
            case "zstd" ->
                    drain(
                            new ZstdInputStreamNoFinalizer(coded).setLongMax(WINDOW_LOG_MAX),
                            bytesMax);
            default -> throw new IOException("the answer has an unknown coding: " + coding);
        };
    }

    private static byte[] drain(InputStream coded, int bytesMax) throws IOException {
        try (coded) {
            byte[] plain = coded.readNBytes(bytesMax);
            if (plain.length == bytesMax && coded.read() >= 0) {
                throw new IOException("the answer is larger than " + bytesMax + " bytes");
            }
            return plain;
        }
    }
}
