package dev.skerry.app.chain;

import dev.skerry.language.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Tells what an event says from what any other says: the first half of the SHA-256 of its type and data. When it was said makes no
/// difference.
final class Digest {

    private static final int BYTES = 16;

    private Digest() {}

    static String of(CloudEvent event) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(event.type().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            String data = event.data();
            if (data != null) {
                sha.update(data.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
