package dev.skerry.language.staff;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a PIN, so that it can be checked without a line. A PIN has so few digits that who holds this can find it out; what
/// protects PINs is that a store's database is for the store's server alone, and that tills lock after wrong ones.
///
/// @param algorithm of the Java platform; so far always [#ALGORITHM]
/// @param iterations how often the hash is taken
/// @param salt at least [#SALT_BYTES_MIN] bytes, in base 64
/// @param hash [#HASH_BYTES] bytes, in base 64
public record PinHash(String algorithm, int iterations, String salt, String hash) {

    public static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    public static final int SALT_BYTES_MIN = 16;
    public static final int HASH_BYTES = 32;

    /// A till checks a PIN so fast that nobody waits, on the slowest store server too.
    public static final int ITERATIONS = 20_000;

    public static final int ITERATIONS_MAX = 10_000_000;

    /// @throws IllegalArgumentException if it cannot be checked
    public PinHash {
        if (!requireNonNull(algorithm, "algorithm").equals(ALGORITHM)) {
            throw new IllegalArgumentException("no algorithm known here: " + algorithm);
        }
        if (iterations < 1 || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException("iterations are 1 to " + ITERATIONS_MAX);
        }
        if (Base64.getDecoder().decode(salt).length < SALT_BYTES_MIN
                || Base64.getDecoder().decode(hash).length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "a salt has at least %d bytes and a hash %d"
                            .formatted(SALT_BYTES_MIN, HASH_BYTES));
        }
    }

    /// @param salt random, another one for each PIN
    public static PinHash of(String pin, byte[] salt, int iterations) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new PinHash(
                ALGORITHM,
                iterations,
                base64.encodeToString(salt),
                base64.encodeToString(hash(pin, salt, iterations)));
    }

    /// Whether this is the hash of a PIN. Takes as long whatever the PIN.
    public boolean isOf(String pin) {
        Base64.Decoder base64 = Base64.getDecoder();
        return MessageDigest.isEqual(
                base64.decode(hash), hash(pin, base64.decode(salt), iterations));
    }

    private static byte[] hash(String pin, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(pin.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
