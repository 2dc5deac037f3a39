package dev.skerry.stream;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

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
        return key == null
                ? after(before, ChunkBuilder.PLAIN, null, event.payload())
                : after(
                        before,
                        event.deletion() ? ChunkBuilder.DELETION : ChunkBuilder.KEYED,
                        Bytes.of(key),
                        event.payload());
    }

    /// The same of an event whose parts are at hand.
    Checksum after(Checksum before, int kind, @Nullable Bytes key, Bytes payload) {
        before.write(head, 0);
        head[Checksum.BYTES] = (byte) kind;
        int headLength = Checksum.BYTES + 1;
        if (key != null) {
            headLength += 4;
            for (int i = 0; i < 4; i++) {
                head[Checksum.BYTES + 1 + i] = (byte) (key.length() >>> (24 - 8 * i));
            }
        }
        sha256.update(head, 0, headLength);
        if (key != null) {
            sha256.update(key.array(), key.from(), key.length());
        }
        sha256.update(payload.array(), payload.from(), payload.length());
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new AssertionError("32 bytes are enough for SHA-256", e);
        }
        return Checksum.read(digest, 0);
    }
}
