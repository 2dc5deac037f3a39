package dev.skerry.hq.stores;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Publication;
import dev.skerry.hq.stores.Register.Connection;
import dev.skerry.hq.stores.Register.Registered;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.stores.StoreEvent;
import dev.skerry.language.stores.StoreEvent.LineChanged;
import dev.skerry.language.stores.StoreEvent.StoreDescribed;
import dev.skerry.language.stores.StoreProfile;
import dev.skerry.language.stores.StoreProfile.Format;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The stores of the chain: which there are, where, and how the line to each is. Any thread.
public final class Stores {

    public static final StreamName PROFILES = StreamName.of("local/store-profiles");
    public static final StreamName LINES = StreamName.of("local/store-lines");

    public static final int PAGE_STORES_MAX = 10_000;
    public static final int HOURS_MAX = 50;
    public static final int TEXT_LENGTH_MAX = 200;

    /// A line that is away for less is not worth anybody's while.
    public static final Duration AWAY_MAX = Duration.ofMinutes(15);

    /// A store whose clock is wrong by more writes wrong times on receipts.
    public static final Duration SKEW_MAX = Duration.ofMinutes(1);

    /// How the line to a store is.
    public enum Line {
        UP("up"),
        DOWN("down"),
        NEVER_JOINED("never joined");

        private final String words;

        Line(String words) {
            this.words = words;
        }

        /// As it is told.
        String words() {
            return words;
        }
    }

    /// A store in a list.
    ///
    /// @param epoch how many machines have been this store; 0 before the first
    /// @param line `up`, `down` or `never joined`
    /// @param since when the line came or went; null if that is not known
    /// @param lastContact null if it is not known
    /// @param address from which it is connected; null if it is not
    /// @param software of its server; null if it is not known
    /// @param clockAheadMs by how much its clock is ahead of HQ's; null if it is not known
    /// @param tokenUntil how long a machine may still join as it; null if none may
    /// @param format null, as what follows, where nobody has described the store
    public record Row(
            String id,
            String name,
            String zone,
            long epoch,
            String line,
            @Nullable Instant since,
            @Nullable Instant lastContact,
            @Nullable String address,
            @Nullable String software,
            @Nullable Long clockAheadMs,
            @Nullable Instant tokenUntil,
            @Nullable Format format,
            @Nullable String timeZone,
            @Nullable String currency,
            @Nullable String city,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    /// Some of a list.
    ///
    /// @param at by HQ's clock
    /// @param total how many there are of those that were asked for
    public record Page(Instant at, int total, List<Row> stores) {}

    /// One store.
    ///
    /// @param streams what HQ has of it
    public record One(
            Instant at,
            String id,
            String name,
            String zone,
            long epoch,
            String line,
            @Nullable Instant since,
            @Nullable Instant lastContact,
            @Nullable String address,
            @Nullable String software,
            @Nullable Long clockAheadMs,
            @Nullable Instant tokenUntil,
            @Nullable StoreProfile profile,
            List<Register.Stream> streams) {}

    /// What is asked for.
    ///
    /// @param find in id, name, zone and city; empty for all
    /// @param line null for all
    /// @param zone null for all
    /// @param format null for all
    /// @param from how many are left out before
    /// @param max at most so many
    public record Wanted(
            String find,
            @Nullable Line line,
            @Nullable String zone,
            @Nullable Format format,
            Order order,
            boolean descending,
            int from,
            int max) {

        public static Wanted all() {
            return new Wanted("", null, null, null, Order.ID, false, 0, PAGE_STORES_MAX);
        }
    }

    /// By what a list is in order; then by id.
    public enum Order {
        ID,
        NAME,
        ZONE,
        LINE,
        LAST_CONTACT,
        SOFTWARE,
        FORMAT,
        CITY
    }

    /// What somebody should look after.
    ///
    /// @param kind `line-down`, `clock-wrong` or `not-joined`
    /// @param since null if that is not known
    public record Alarm(String store, String name, String kind, @Nullable Instant since) {}

    /// What became of describing a store.
    public sealed interface Described {
        record Done() implements Described {}

        record NoSuchStore(String id) implements Described {}
    }

    private final Book<StoreEvent> book;
    private final Register register;
    private final InstantSource clock;

    /// How long a line was seen as it is, and by when it was last heard: told when it goes.
    private final Map<String, Connection> seen = new ConcurrentHashMap<>();

    /// @param database with [#tables]
    public Stores(
            SqliteDatabase database, Register register, InstantSource clock, TimeOrderedIds ids) {
        this.register = requireNonNull(register, "register");
        this.clock = requireNonNull(clock, "clock");
        this.book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(PROFILES, StoreEvent.Profile.FORM, false),
                                new Publication<>(LINES, StoreEvent.Line.FORM, true)),
                        new StoresTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, StoresTables.MIGRATIONS};
    }

    // ---- commands

    /// @param by who says so
    /// @throws IllegalArgumentException if something of it cannot be
    public Described describe(String store, StoreProfile profile, String by) {
        check(profile);
        if (register.find(store).isEmpty()) {
            return new Described.NoSuchStore(store);
        }
        book.write((tables, publish) -> {
            if (!StoresTables.profile(store, tables).equals(Optional.of(profile))) {
                publish.accept(new StoreDescribed(store, profile, by));
            }
            return true;
        });
        return new Described.Done();
    }

    private static void check(StoreProfile profile) {
        try {
            ZoneId.of(profile.timeZone());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeZone: name one of the IANA database, such as Europe/Berlin, not \"%s\""
                            .formatted(profile.timeZone()));
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(it -> it.getCurrencyCode().equals(profile.currency()))) {
            throw new IllegalArgumentException(
                    "currency: name one of ISO 4217, such as EUR, not \"%s\""
                            .formatted(profile.currency()));
        }
        within("latitude", profile.latitude(), 90);
        within("longitude", profile.longitude(), 180);
        if ((profile.latitude() == null) != (profile.longitude() == null)) {
            throw new IllegalArgumentException("say both latitude and longitude, or neither");
        }
        if (profile.hours().size() > HOURS_MAX) {
            throw new IllegalArgumentException("there are at most " + HOURS_MAX + " hours");
        }
        Stream.of(profile.street(), profile.postcode(), profile.city(), profile.country())
                .filter(it -> it != null && it.length() > TEXT_LENGTH_MAX)
                .findFirst()
                .ifPresent(_ -> {
                    throw new IllegalArgumentException(
                            "a part of an address has at most %d characters"
                                    .formatted(TEXT_LENGTH_MAX));
                });
    }

    private static void within(String what, @Nullable Double degrees, int most) {
        if (degrees != null && !(Math.abs(degrees) <= most)) {
            throw new IllegalArgumentException(
                    "%s is -%d to %d degrees, not %s".formatted(what, most, most, degrees));
        }
    }

    // ---- lines

    /// Notes which lines came and went. To be stepped about once a second: lines bring no news of themselves.
    ///
    /// @param changed is told of each store whose line did
    public Steps lines(Consumer<String> changed) {
        Map<String, LineChanged> known = book.query(StoresTables::lines);
        return new Steps() {
            @Override
            public String name() {
                return "lines";
            }

            @Override
            public Step step() {
                note(known).forEach(changed);
                return new Step.CaughtUp(0);
            }

            @Override
            public Watch watch(Runnable onNews) {
                return () -> {};
            }
        };
    }

    /// @param known as it was last noted
    private List<String> note(Map<String, LineChanged> known) {
        List<LineChanged> changes = new ArrayList<>();
        for (Registered store : register.stores()) {
            LineChanged line = known.get(store.id());
            Connection now = store.connection();
            Connection before = now == null ? seen.remove(store.id()) : seen.put(store.id(), now);
            if (now != null
                    && (line == null || !line.up() || !now.software().equals(line.software()))) {
                changes.add(
                        new LineChanged(
                                store.id(), true, now.since(), now.lastHeard(), now.software()));
            } else if (now == null && line != null && line.up()) {
                changes.add(
                        new LineChanged(
                                store.id(),
                                false,
                                before == null ? clock.instant() : before.lastHeard(),
                                before == null ? line.lastContact() : before.lastHeard(),
                                line.software()));
            }
        }
        if (!changes.isEmpty()) {
            book.write((_, publish) -> {
                changes.forEach(publish);
                return true;
            });
            changes.forEach(it -> known.put(it.store(), it));
        }
        return changes.stream().map(LineChanged::store).toList();
    }

    // ---- questions

    public Page list(Wanted wanted) {
        String find = wanted.find().strip().toLowerCase(Locale.ROOT);
        Comparator<Row> order = rows(wanted.order());
        List<Row> all =
                rows().stream()
                        .filter(it ->
                                wanted.line() == null || it.line().equals(wanted.line().words()))
                        .filter(it -> wanted.zone() == null || it.zone().equals(wanted.zone()))
                        .filter(it -> wanted.format() == null || it.format() == wanted.format())
                        .filter(it -> find.isEmpty() || text(it).contains(find))
                        .sorted(
                                (wanted.descending() ? order.reversed() : order)
                                        .thenComparing(Row::id))
                        .toList();
        int from = Math.min(wanted.from(), all.size());
        int to = (int) Math.min((long) from + wanted.max(), all.size());
        return new Page(clock.instant(), all.size(), all.subList(from, to));
    }

    private static Comparator<Row> rows(Order order) {
        return switch (order) {
            case ID -> comparing(Row::id);
            case NAME -> comparing(it -> it.name().toLowerCase(Locale.ROOT));
            case ZONE -> comparing(Row::zone);
            case LINE -> comparing(Row::line);
            case LAST_CONTACT -> comparing(Row::lastContact, nullsLast(naturalOrder()));
            case SOFTWARE -> comparing(Row::software, nullsLast(naturalOrder()));
            case FORMAT -> comparing(Row::format, nullsLast(naturalOrder()));
            case CITY -> comparing(Row::city, nullsLast(naturalOrder()));
        };
    }

    private static String text(Row row) {
        return String.join(
                        "\n",
                        row.id(),
                        row.name(),
                        row.zone(),
                        row.city() == null ? "" : row.city())
                .toLowerCase(Locale.ROOT);
    }

    private List<Row> rows() {
        return book.query(tables -> {
            Map<String, StoreProfile> profiles = StoresTables.profiles(tables);
            Map<String, LineChanged> lines = StoresTables.lines(tables);
            return register.stores().stream()
                    .map(it -> row(it, profiles.get(it.id()), lines.get(it.id())))
                    .toList();
        });
    }

    private static Row row(
            Registered store, @Nullable StoreProfile profile, @Nullable LineChanged line) {
        Connection now = store.connection();
        return new Row(
                store.id(),
                store.name(),
                store.zone(),
                store.epoch(),
                line(store).words(),
                now != null ? now.since() : line == null ? null : line.since(),
                now != null ? now.lastHeard() : line == null ? null : line.lastContact(),
                now == null ? null : now.address(),
                now != null ? now.software() : line == null ? null : line.software(),
                now == null ? null : now.clockAheadMs(),
                store.tokenUntil(),
                profile == null ? null : profile.format(),
                profile == null ? null : profile.timeZone(),
                profile == null ? null : profile.currency(),
                profile == null ? null : profile.city(),
                profile == null ? null : profile.latitude(),
                profile == null ? null : profile.longitude());
    }

    private static Line line(Registered store) {
        if (store.connection() != null) {
            return Line.UP;
        }
        return store.epoch() == 0 ? Line.NEVER_JOINED : Line.DOWN;
    }

    public Optional<One> store(String id) {
        return register.find(id)
                .map(store -> {
                    StoreProfile profile =
                            book.query(tables -> StoresTables.profile(id, tables)).orElse(null);
                    Row row = row(store, profile, book.query(StoresTables::lines).get(store.id()));
                    return new One(
                            clock.instant(),
                            row.id(),
                            row.name(),
                            row.zone(),
                            row.epoch(),
                            row.line(),
                            row.since(),
                            row.lastContact(),
                            row.address(),
                            row.software(),
                            row.clockAheadMs(),
                            row.tokenUntil(),
                            profile,
                            register.streams(id));
                });
    }

    /// What somebody should look after, by store.
    public List<Alarm> alarms() {
        Instant now = clock.instant();
        List<Alarm> all = new ArrayList<>();
        for (Row row : rows()) {
            Instant since = row.since();
            Long ahead = row.clockAheadMs();
            if (row.line().equals(Line.DOWN.words())
                    && (since == null || since.isBefore(now.minus(AWAY_MAX)))) {
                all.add(new Alarm(row.id(), row.name(), "line-down", since));
            }
            if (ahead != null && Math.abs(ahead) > SKEW_MAX.toMillis()) {
                all.add(new Alarm(row.id(), row.name(), "clock-wrong", since));
            }
            if (row.epoch() == 0 && row.tokenUntil() == null) {
                all.add(new Alarm(row.id(), row.name(), "not-joined", null));
            }
        }
        return all;
    }

    /// For tests and repairs: makes all tables anew from the streams. Nobody else may use this meanwhile.
    void rebuild() {
        book.rebuild();
    }
}
