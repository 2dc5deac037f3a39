package dev.skerry.stream.server;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.server.Problem.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// How a body is encoded on its way.
enum Coding {
    IDENTITY("identity"),
    GZIP("gzip"),
    ZSTD("zstd");

    /// Smaller answers are not worth compressing.
    static final int COMPRESS_BYTES_MIN = 1024;

    /// The codings of request bodies that are known, as a header says it.
    static final String KNOWN = "gzip, zstd";

    /// What a zstd frame may ask for as its window is 2 to the power of this; RFC 8878 recommends 8 MiB.
    private static final int ZSTD_WINDOW_LOG_MAX = 23;

    private static final int LEVEL = 1;

    private final String token;

    Coding(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /// @throws Refused with 415 if a body came in another coding
    static Coding ofBody(@Nullable String contentEncoding) {
        String wanted =
                contentEncoding == null || contentEncoding.isBlank()
                        ? IDENTITY.token
                        : contentEncoding.strip().toLowerCase(Locale.ROOT);
        for (Coding coding : values()) {
            if (coding.token.equals(wanted)) {
                return coding;
            }
        }
        throw new Refused(
                Kind.UNKNOWN_ENCODING,
                "send the body as it is, or with one Content-Encoding out of " + KNOWN,
                Map.of("Accept-Encoding", KNOWN));
    }

    /// What an answer is best encoded with; zstd where the client likes it as much as gzip.
    static Coding accepted(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return IDENTITY;
        }
        double zstd = -1;
        double gzip = -1;
        double others = 0;
        for (String choice : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = choice.split(";", 2);
            double quality = parts.length == 1 ? 1 : quality(parts[1]);
            switch (parts[0].strip()) {
                case "zstd" -> zstd = quality;
                case "gzip", "x-gzip" -> gzip = quality;
                case "*" -> others = quality;
                default -> {}
            }
        }
        zstd = zstd < 0 ? others : zstd;
        gzip = gzip < 0 ? others : gzip;
        if (zstd <= 0 && gzip <= 0) {
            return IDENTITY;
        }
        return zstd >= gzip ? ZSTD : GZIP;
    }

    private static double quality(String parameter) {
        String text = parameter.strip();
        return text.matches("q=[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text.substring(2)) : 0;
    }

    Bytes compress(Bytes plain) {
        return switch (this) {
            case IDENTITY -> plain;
            case GZIP -> gzip(plain);
            case ZSTD -> zstd(plain);
        };
    }

    private static Bytes zstd(Bytes plain) {
        byte[] out = new byte[Math.toIntExact(Zstd.compressBound(plain.length()))];
        long length =
                Zstd.compressByteArray(
                        out, 0, out.length, plain.array(), plain.from(), plain.length(), LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
        }
        return new Bytes(out, 0, Math.toIntExact(length));
    }

    private static Bytes gzip(Bytes plain) {
        GrowingBytes out = new GrowingBytes(plain.length() / 4 + 64);
        try (Deflater deflater = new Deflater(LEVEL, true)) {
            out.write(GZIP_HEADER, 0, GZIP_HEADER.length);
            deflater.setInput(plain.array(), plain.from(), plain.length());
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        var crc = new java.util.zip.CRC32();
        crc.update(plain.array(), plain.from(), plain.length());
        out.littleEndian((int) crc.getValue());
        out.littleEndian(plain.length());
        return out.bytes();
    }

    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    InputStream decoded(InputStream body) throws IOException {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> new GZIPInputStream(body, 8192);
            case ZSTD -> new ZstdInputStream(body).setLongMax(ZSTD_WINDOW_LOG_MAX);
        };
    }

    /// Whether reading failed because of what the client sent, rather than because it has gone.
    static boolean badlyEncoded(IOException e) {
        return e instanceof ZipException
                || e instanceof EOFException
                || e instanceof ZstdIOException;
    }
}
