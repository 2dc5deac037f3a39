package dev.skerry.app.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Callers;
import dev.skerry.node.http.Request;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Trips through the store with a telephone. Any thread.
///
/// A trip is known by a token that stands for itself: its number, when it ends, and a signature of this store. So nothing is kept of
/// phones, however many come; a restart changes nothing for them; and what a phone holds opens nothing but `/api/go`. A trip has one
/// basket, which is called as the trip is.
final class Trips {

    /// A shopper has so long.
    static final Duration LIFE = Duration.ofHours(4);

    /// Then what was left in a basket is given up: nobody can go on with it.
    static final Duration LEFT_BEHIND_AFTER = LIFE.plusHours(1);

    /// What an exit code is good for after the payment.
    static final Duration EXIT_LIFE = Duration.ofHours(2);

    /// Trips that begin within [#SPAN].
    static final int BEGUN_MAX = 60;

    /// Numbers that mean nothing, of all phones or at all gates together, within [#SPAN]: nobody finds cards or exit codes by trying.
    static final int WRONG_MAX = 60;

    static final Duration SPAN = Duration.ofMinutes(1);

    private static final Pattern ID = Pattern.compile("go-\\d{12}");
    private static final String PATH = "api/go";
    private static final String ALGORITHM = "HmacSHA256";
    private static final long NUMBERS = 1_000_000_000_000L;
    private static final long EXIT_CODES = 100_000_000L;

    private final PhoneRules rules;
    private final String cookie;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Budget begun;
    private final Budget wrong;

    /// @param id such as `go-402718339164`, which is its basket's as well
    /// @param token that its phone shows
    record Trip(String id, Instant until, String token) {}

    /// @param store such as `0042`
    /// @param random in production a `SecureRandom`
    Trips(PhoneRules rules, String store, InstantSource clock, RandomGenerator random) {
        this.rules = rules;
        this.cookie = "skerry-go-" + store;
        this.clock = clock;
        this.random = random;
        this.begun = new Budget(BEGUN_MAX, SPAN, clock);
        this.wrong = new Budget(WRONG_MAX, SPAN, clock);
    }

    PhoneRules rules() {
        return rules;
    }

    Budget begun() {
        return begun;
    }

    Budget wrong() {
        return wrong;
    }

    Trip begin() {
        String id = "go-%012d".formatted(random.nextLong(NUMBERS));
        Instant until = clock.instant().plus(LIFE);
        String text = id + "." + until.getEpochSecond();
        return new Trip(id, until, text + "." + signature(text));
    }

    /// Sets the phone's cookie, which goes nowhere but to what is for phones.
    String cookie(Request request, Trip trip) {
        return "%s=%s; Path=/%s; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(
                        cookie,
                        trip.token(),
                        PATH,
                        LIFE.toSeconds(),
                        request.url().startsWith("https:") ? "; Secure" : "");
    }

    /// The trip of the phone that asks; empty if it has none, or it is over.
    Optional<Trip> of(Request request) {
        String header = request.header("Cookie");
        if (header == null || !rules.offered()) {
            return Optional.empty();
        }
        String begin = cookie + "=";
        for (String one : header.split("[;,]", -1)) {
            if (one.strip().startsWith(begin)) {
                return read(one.strip().substring(begin.length()));
            }
        }
        return Optional.empty();
    }

    private Optional<Trip> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3
                || !ID.matcher(parts[0]).matches()
                || !parts[1].matches("\\d{1,12}")
                || !MessageDigest.isEqual(
                        signature(parts[0] + "." + parts[1]).getBytes(UTF_8),
                        parts[2].getBytes(UTF_8))) {
            return Optional.empty();
        }
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        return until.isAfter(clock.instant())
                ? Optional.of(new Trip(parts[0], until, token))
                : Optional.empty();
    }

    /// Phones are shoppers where it is about phones; everybody else is who they were.
    Callers before(Callers others) {
        return request ->
                (request.path().equals(PATH) || request.path().startsWith(PATH + "/")
                                ? of(request)
                                : Optional.<Trip>empty())
                        .map(it -> new Caller("", it.id(), Set.of(Role.SHOPPER)))
                        .orElseGet(() -> others.of(request));
    }

    /// Whether what is in the bag of a trip is looked at before it leaves. Decided by lot once for each trip, and known to nobody before.
    boolean isChosen(String trip) {
        return number("check " + trip, 100) < rules.checkPercent();
    }

    /// Eight digits that let a paid order out, once.
    String exitCode(String order) {
        return "%08d".formatted(number("exit " + order, EXIT_CODES));
    }

    private long number(String text, long below) {
        return Math.floorMod(ByteBuffer.wrap(sign(text)).getLong(), below);
    }

    private String signature(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sign("trip " + text));
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(rules.key().getBytes(UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
