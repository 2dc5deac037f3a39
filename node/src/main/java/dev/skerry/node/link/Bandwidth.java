package dev.skerry.node.link;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of its line a store gives to the link, by time of day, for each direction. Sales do not wait for it, but count.
/// For one thread.
public final class Bandwidth {

    /// Bits a second, in words as network people use them.
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6})(kbit|mbit|gbit)");

    /// What may be sent at once after a pause.
    private static final Duration BURST = Duration.ofMillis(200);

    private static final Duration WINDOW = Duration.ofSeconds(1);

    /// When a rate holds: from a time of day up to another, which may lie on the next day.
    private record Span(LocalTime from, LocalTime to, long bytesPerSecond) {

        boolean holds(LocalTime time) {
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }
    }

    private final List<Span> spans;
    private final ZoneId zone;
    private Instant freeFrom = Instant.MIN;
    private Instant seen = Instant.MIN;

    private Bandwidth(List<Span> spans, ZoneId zone) {
        this.spans = spans;
        this.zone = zone;
    }

    public static Bandwidth unlimited() {
        return new Bandwidth(List.of(), ZoneOffset.UTC);
    }

    /// @param text `unlimited`, or rates with the time of day at which each holds, the first that fits: `08:00-20:00=2mbit,00:00-24:00=10mbit`
    /// @throws IllegalArgumentException saying what is wrong with it
    public static Bandwidth parse(String text, ZoneId zone) {
        List<Span> spans = new ArrayList<>();
        if (!text.equals("unlimited")) {
            for (String part : text.split(",", -1)) {
                spans.add(span(part.strip()));
            }
        }
        return new Bandwidth(spans, zone);
    }

    private static Span span(String text) {
        String[] halves = text.split("=", -1);
        String[] times = halves[0].split("-", -1);
        Matcher rate = RATE.matcher(halves[halves.length - 1].toLowerCase(Locale.ROOT));
        if (halves.length != 2 || times.length != 2 || !rate.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time of day and a rate, such as 08:00-20:00=2mbit");
        }
        long unit =
                switch (rate.group(2)) {
                    case "kbit" -> 1_000L;
                    case "mbit" -> 1_000_000L;
                    default -> 1_000_000_000L;
                };
        long bits = Long.parseLong(rate.group(1)) * unit;
        if (bits < 8_000) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is less than 8kbit: too little to live on");
        }
        return new Span(time(times[0]), time(times[1]), bits / 8);
    }

    private static LocalTime time(String text) {
        try {
            return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no time of day such as 08:00", e);
        }
    }

    /// The rate now, in bytes a second; [Long#MAX_VALUE] where there is no limit.
    long bytesPerSecond(Instant now) {
        if (spans.isEmpty()) {
            return Long.MAX_VALUE;
        }
        LocalTime time = now.atZone(zone).toLocalTime();
        return spans.stream()
                .filter(span -> span.holds(time))
                .mapToLong(Span::bytesPerSecond)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /// How much the other side may have on its way here, so that no more than this comes before a limit is felt: what the lowest rate
    /// of the day carries in [#WINDOW].
    ///
    /// @param most where that is less
    int windowBytes(int most) {
        return spans.stream()
                .mapToLong(span -> span.bytesPerSecond() * WINDOW.toMillis() / 1000)
                .map(bytes -> Math.min(bytes, most))
                .mapToInt(Math::toIntExact)
                .min()
                .orElse(most);
    }

    /// Whether something that is not urgent may go now.
    boolean free(Instant now) {
        look(now);
        return !now.isBefore(freeFrom);
    }

    /// Where the clock was set back, nobody waits until it is there again.
    private void look(Instant now) {
        if (now.isBefore(seen)) {
            freeFrom = Instant.MIN;
        }
        seen = now;
    }

    /// Something has gone.
    void took(long bytes, Instant now) {
        look(now);
        long rate = bytesPerSecond(now);
        if (rate == Long.MAX_VALUE) {
            freeFrom = Instant.MIN;
            return;
        }
        Instant since = now.minus(BURST);
        Instant from = freeFrom.isBefore(since) ? since : freeFrom;
        freeFrom = from.plusNanos((long) (bytes * 1e9 / rate));
    }
}
