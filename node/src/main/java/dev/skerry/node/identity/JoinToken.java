package dev.skerry.node.identity;

import dev.skerry.node.config.Secret;
import dev.skerry.node.identity.IdentityException.Kind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What somebody types once to make a machine the server of a store: the store, a secret that proves to HQ that this was
/// allowed, and the fingerprint by which the store knows the real HQ. Prints itself without the secret; [#text] shows all.
///
/// The text is made to be read out over a telephone: `0042-000HM-48SMT-…`, the store id and 13 groups of 5. Its symbols are
/// Crockford's base 32 (no I, L, O, U; what looks like 0 or 1 is read as that), in small or capital letters, with any or no
/// separators between the groups. The fifth symbol of each group checks the other four, the group's place and the store id,
/// so that a mistake is found before anything is sent, and is found where it is: any one wrong symbol in a group, any two
/// that changed places, two groups that did, and a wrong symbol in the store id, which spoils them all.
///
/// @param secret 128 bits as 32 small hexadecimal digits; HQ keeps only their [#secretHash]
/// @param authority the first 128 bits of the SHA-256 of the certificate of HQ's authority, as 32 small hexadecimal digits.
///     Half of it is enough: what has to be hard is to find a second certificate with this fingerprint, not two alike
public record JoinToken(StoreId store, Secret secret, String authority) {

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SYMBOL_BITS = 5;

    /// Spaces and every kind of dash: programs like to replace a hyphen by a longer one.
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}]+");

    private static final int HALF_BITS = 128;
    private static final int HEX_DIGITS = HALF_BITS / 4;

    /// Symbols of content in a group; its check symbol follows.
    private static final int GROUP_SYMBOLS = 4;

    /// Two times 128 bits, and the 4 that are left for the form of the token: 0 for this one.
    private static final int GROUPS = 13;

    /// x⁵+x²+1, which makes a field of the 32 symbols: doubling any of them goes through all others.
    private static final int POLYNOMIAL = 0b100101;

    public JoinToken {
        if (!secret.revealed().matches("[0-9a-f]{32}") || !authority.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("secret and authority are 32 hexadecimal digits");
        }
    }

    static JoinToken fresh(StoreId store, X509Certificate authority, SecureRandom random) {
        return new JoinToken(
                store, new Secret(hex(new BigInteger(HALF_BITS, random))), pin(authority));
    }

    /// Reads what was typed.
    ///
    /// @throws IdentityException of kind TOKEN, which says where the mistake is
    public static JoinToken parse(String typed) {
        List<String> parts =
                SEPARATORS.splitAsStream(typed.strip().toUpperCase(Locale.ROOT)).toList();
        StoreId store = storeId(parts.getFirst());
        List<String> groups = groups(parts.subList(1, parts.size()));
        List<Integer> wrong = new ArrayList<>();
        BigInteger content = BigInteger.ZERO;
        for (int place = 1; place <= GROUPS; place++) {
            int[] values = values(groups.get(place - 1), place);
            int[] checked = Arrays.copyOf(values, GROUP_SYMBOLS);
            if (check(store, place, checked) != values[GROUP_SYMBOLS]) {
                wrong.add(place);
            }
            for (int value : checked) {
                content = content.shiftLeft(SYMBOL_BITS).or(BigInteger.valueOf(value));
            }
        }
        if (wrong.size() == GROUPS) {
            throw mistyped("the store id " + store + " does not belong to the groups after it");
        }
        if (!wrong.isEmpty()) {
            throw mistyped(
                    "there is a mistake in group "
                            + wrong.stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")));
        }
        if (content.bitLength() > 2 * HALF_BITS) {
            throw new IdentityException(
                    Kind.TOKEN,
                    "the join token has a form that this program does not know",
                    "install the version that HQ runs",
                    false,
                    null);
        }
        BigInteger half = BigInteger.ONE.shiftLeft(HALF_BITS);
        return new JoinToken(
                store, new Secret(hex(content.shiftRight(HALF_BITS))), hex(content.mod(half)));
    }

    /// The token as it is typed, with its secret: for the eyes of who asked for it, and never for a log.
    public String text() {
        BigInteger content = new BigInteger(secret.revealed() + authority, 16);
        StringBuilder text = new StringBuilder(store.text());
        for (int place = 1; place <= GROUPS; place++) {
            int group = place;
            int[] values =
                    IntStream.range(0, GROUP_SYMBOLS)
                            .map(i -> (GROUPS - group + 1) * GROUP_SYMBOLS - 1 - i)
                            .map(i -> content.shiftRight(i * SYMBOL_BITS).intValue() & 31)
                            .toArray();
            text.append('-');
            for (int value : values) {
                text.append(SYMBOLS.charAt(value));
            }
            text.append(SYMBOLS.charAt(check(store, place, values)));
        }
        return text.toString();
    }

    /// What HQ keeps of the secret: SHA-256, 64 hexadecimal digits. No salt is needed for 128 bits that nobody chose.
    public String secretHash() {
        return secretHash(secret);
    }

    /// The same of a secret that a store has shown.
    public static String secretHash(Secret shown) {
        return Certificates.sha256(shown.revealed().getBytes(StandardCharsets.UTF_8));
    }

    /// The authority that this token speaks of.
    ///
    /// @throws CertificateException if it is not among them, so that who sent them is not the HQ that made the token
    X509Certificate authorityAmong(List<X509Certificate> chain) throws CertificateException {
        return chain.stream()
                .filter(it -> pin(it).equals(authority))
                .findFirst()
                .orElseThrow(() ->
                        new CertificateException(
                                "whoever answered is not the HQ that made the join token: it shows no authority"
                                        + " with the fingerprint "
                                        + authority
                                        + "…"));
    }

    private static String pin(X509Certificate authority) {
        return Certificates.fingerprint(authority).substring(0, HEX_DIGITS);
    }

    private static String hex(BigInteger half) {
        return "%032x".formatted(half);
    }

    private static StoreId storeId(String typed) {
        try {
            return new StoreId(typed.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw mistyped(
                    "it does not begin with a store id and a hyphen, such as 0042-, before its 13 groups");
        }
    }

    /// The groups as they were typed; or if they were typed without a break, as they must have been meant.
    private static List<String> groups(List<String> typed) {
        int size = GROUP_SYMBOLS + 1;
        String all = String.join("", typed);
        if (typed.size() < GROUPS && all.length() == GROUPS * size) {
            return IntStream.range(0, GROUPS)
                    .mapToObj(i -> all.substring(i * size, (i + 1) * size))
                    .toList();
        }
        for (int place = 1; place <= typed.size(); place++) {
            int length = typed.get(place - 1).length();
            if (length != size && typed.size() > 1) {
                throw mistyped("group " + place + " has " + length + " symbols, not " + size);
            }
        }
        if (typed.size() != GROUPS) {
            throw mistyped(
                    "it is too %s: %d symbols after the store id, not %d (%d groups of %d)"
                            .formatted(
                                    all.length() < GROUPS * size ? "short" : "long",
                                    all.length(),
                                    GROUPS * size,
                                    GROUPS,
                                    size));
        }
        return typed;
    }

    private static int[] values(String group, int place) {
        return group.chars()
                .map(symbol ->
                        switch (symbol) {
                            case 'O' -> 0;
                            case 'I', 'L' -> 1;
                            default -> {
                                int value = SYMBOLS.indexOf(symbol);
                                if (value < 0) {
                                    throw mistyped(
                                            "group %d has a %c, which no token has"
                                                    .formatted(place, symbol));
                                }
                                yield value;
                            }
                        })
                .toArray();
    }

    /// A sum in which each symbol counts differently, so that none can stand in for another.
    private static int check(StoreId store, int place, int[] values) {
        int sum = 0;
        for (int letter : store.text().chars().toArray()) {
            sum = add(add(sum, letter >> SYMBOL_BITS), letter & 31);
        }
        sum ^= place;
        for (int value : values) {
            sum = add(sum, value);
        }
        // The last symbol must not count as the check symbol itself does.
        return add(sum, 0);
    }

    private static int add(int sum, int value) {
        int twice = sum << 1;
        return (twice > 31 ? twice ^ POLYNOMIAL : twice) ^ value;
    }

    private static IdentityException mistyped(String where) {
        return new IdentityException(
                Kind.TOKEN,
                "the join token is mistyped: " + where,
                "compare it with what HQ printed and type it again",
                false,
                null);
    }
}
