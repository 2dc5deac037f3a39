package dev.skerry.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes secrets that nobody guesses, and tells whether one is the one. Any thread, if the random generator is.
///
/// @param random in production a `SecureRandom`
public record Secrets(RandomGenerator random) {

    private static final int BYTES = 32;
    private static final int CODES = 1_000_000;

    /// 43 letters and digits, `-` and `_`.
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// For a hash of what has few possibilities.
    public byte[] salt(int bytes) {
        byte[] salt = new byte[bytes];
        random.nextBytes(salt);
        return salt;
    }

    /// Six digits.
    public String nextCode() {
        return "%06d".formatted(random.nextInt(CODES));
    }

    /// SHA-256, as 64 hexadecimal digits.
    public static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Takes as long wherever they differ.
    public static boolean same(String hash, String other) {
        return MessageDigest.isEqual(hash.getBytes(UTF_8), other.getBytes(UTF_8));
    }
}
