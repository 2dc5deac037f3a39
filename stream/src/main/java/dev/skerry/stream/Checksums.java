package dev.skerry.stream;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Computes running checksums: the checksum after an event is the first 16 bytes of
/// `SHA-256(checksum before ‖ kind ‖ key length ‖ key ‖ payload)`, where kind is one byte (0 without a key, 1 with,
/// 2 a deletion) and the key's length, in bytes of UTF-8, is four bytes big-endian, both the key and its length being
/// absent where kind is 0. Not for use by several threads at once.
public final class Checksums {

    private final MessageDigest sha256;
    private final byte[] head = new byte[Checksum.BYTES + 5];
    private final byte[] digest = new byte[32];

    public Checksums() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public Checksum after(Checksum before, NewEvent event) {
        String key = event.key();
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        before.write(head, 0);
        int headLength = Checksum.BYTES + 1;
        if (keyBytes == null) {
            head[Checksum.BYTES] = 0;
        } else {
            head[Checksum.BYTES] = (byte) (event.deletion() ? 2 : 1);
            headLength += 4;
            for (int i = 0; i < 4; i++) {
                head[Checksum.BYTES + 1 + i] = (byte) (keyBytes.length >>> (24 - 8 * i));
            }
        }
        sha256.update(head, 0, headLength);
        if (keyBytes != null) {
            sha256.update(keyBytes);
        }
        Bytes payload = event.payload();
        sha256.update(payload.array(), payload.from(), payload.length());
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new AssertionError("32 bytes are enough for SHA-256", e);
        }
        return Checksum.read(digest, 0);
    }
}
