package dev.skerry.hq.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.Publication;
import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.reconciliation.ReconciliationEvent;
import dev.skerry.language.reconciliation.ReconciliationEvent.BankLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.BatchSettled;
import dev.skerry.language.reconciliation.ReconciliationEvent.DifferenceDecided;
import dev.skerry.language.reconciliation.ReconciliationEvent.SettledLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.StatementTaken;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether what stores, processors, banks and headquarters know of the same money and goods is the same. Any thread.
public final class Reconciliation {

    /// Differences, batches, days in one answer.
    public static final int ROWS_MAX = 500;

    static final int DONE_LENGTH_MAX = 500;

    /// Of a file, in one event.
    private static final int LINES_AN_EVENT = 1_000;

    /// Which differences are wanted.
    public enum Which {
        OPEN,
        /// Somebody said what was done.
        DONE,
        ALL
    }

    /// Differences, the newest first.
    ///
    /// @param all how many there are, with those that are not in the list
    public record Differences(int all, List<Difference> differences) {
        public Differences {
            differences = List.copyOf(differences);
        }
    }

    /// Open differences of a kind.
    ///
    /// @param amounts by how much both sides differ, by currency
    public record OfKind(Kind kind, int open, List<Money> amounts) {
        public OfKind {
            amounts = List.copyOf(amounts);
        }
    }

    /// What a processor settled together.
    ///
    /// @param net amount − fee: what the bank is to book
    /// @param booked null as long as the bank has not
    public record Batch(
            String batch,
            LocalDate date,
            int lines,
            Money amount,
            Money fee,
            Money net,
            @Nullable Money booked) {}

    /// A day of a stream of which headquarters' copy is proven.
    ///
    /// @param day in UTC
    /// @param upTo the offset after its last event
    /// @param checksum of the stream there
    public record CopiedDay(
            String stream, LocalDate day, long events, long upTo, String checksum) {}

    /// What came of a file.
    public sealed interface Taking {

        /// @param lines that were new
        /// @param known that had come before, by this file or another
        record Taken(int lines, int known) implements Taking {}

        /// Nothing was taken.
        ///
        /// @param detail in which line, and what is wrong
        record Malformed(String detail) implements Taking {}

        /// Nothing was taken: it has a batch that another file had.
        record BatchKnown(String batch) implements Taking {}
    }

    /// What came of saying what was done about a difference.
    public sealed interface Deciding {
        record Decided() implements Deciding {}

        record NoSuchDifference() implements Deciding {}

        /// @param detail for people
        record Malformed(String detail) implements Deciding {}
    }

    private final Book<Object> book;

    /// @param database of this context alone, with [#tables]
    public Reconciliation(SqliteDatabase database, InstantSource clock, TimeOrderedIds ids) {
        book =
                new Book<>(
                        database,
                        List.of(
                                new Publication<>(
                                        StreamName.of(ReconciliationEvent.STREAM),
                                        ReconciliationEvent.FORM,
                                        false)),
                        new ReconciliationTables(),
                        clock,
                        ids);
    }

    /// What its database is to be opened with.
    public static Migrations[] tables() {
        return new Migrations[] {Book.TABLES, ReconciliationTables.MIGRATIONS};
    }

    Book<Object> book() {
        return book;
    }

    /// To be driven.
    ///
    /// @param stores all that stores write: `store-*/**`
    public Follower<SqliteTransaction> follower(EventSource stores) {
        return book.follower(
                "reconciliation", stores, FollowerSettings.byKey(), new ReconciliationFollower());
    }

    /// Proves headquarters' copies; to be driven.
    ///
    /// @param mirrors of what stores write
    public Steps copies(Streams mirrors) {
        return new CopyCheck(mirrors, book);
    }

    // ---- questions

    /// Kinds of which there are open differences.
    public List<OfKind> open() {
        return book.query(tables -> ReconciliationTables.open(now(), tables));
    }

    /// @param kind null for all
    /// @param store such as `store-0042`; null for all
    /// @param from how many are passed over
    /// @param max 1 to [#ROWS_MAX]
    public Differences differences(
            Which which, @Nullable Kind kind, @Nullable String store, int from, int max) {
        return book.query(tables ->
                new Differences(
                        ReconciliationTables.count(which, kind, store, now(), tables),
                        ReconciliationTables.differences(
                                which, kind, store, now(), from, max, tables)));
    }

    /// The newest first.
    public List<Batch> batches(int max) {
        return book.query(tables -> ReconciliationTables.batches(max, tables));
    }

    /// Of a store's streams, the newest first.
    ///
    /// @param store such as `store-0042`
    public List<CopiedDay> copiedDays(String store, int max) {
        return book.query(tables -> ReconciliationTables.daysOf(store, max, tables));
    }

    private Instant now() {
        return book.clock().instant();
    }

    // ---- commands

    /// Takes a processor's settlement file: all of it or nothing. The same file again changes nothing.
    public Taking settlement(String text, String by) {
        Map<String, List<SettledLine>> batches;
        try {
            batches = Files.settlement(text);
        } catch (Files.Malformed e) {
            return new Taking.Malformed(String.valueOf(e.getMessage()));
        }
        for (Map.Entry<String, List<SettledLine>> batch : batches.entrySet()) {
            if (batch.getValue().stream().map(it -> it.amount().currency()).distinct().count()
                    > 1) {
                return new Taking.Malformed(
                        "batch %s has several currencies: a batch is paid out in one"
                                .formatted(batch.getKey()));
            }
        }
        String file = digest(text);
        return book.write((tables, publish) -> {
            int known = 0;
            List<String> fresh = new ArrayList<>();
            for (String batch : batches.keySet()) {
                String before = ReconciliationTables.fileOf(batch, tables).orElse("");
                if (before.isEmpty()) {
                    fresh.add(batch);
                } else if (before.equals(file)) {
                    known += batches.getOrDefault(batch, List.of()).size();
                } else {
                    return new Taking.BatchKnown(batch);
                }
            }
            int lines = 0;
            for (String batch : fresh) {
                List<SettledLine> all = batches.getOrDefault(batch, List.of());
                lines += all.size();
                for (int from = 0, part = 1; from < all.size(); from += LINES_AN_EVENT, part++) {
                    publish.accept(
                            new BatchSettled(
                                    file,
                                    batch,
                                    part,
                                    all.subList(from, Math.min(all.size(), from + LINES_AN_EVENT)),
                                    by));
                }
            }
            return new Taking.Taken(lines, known);
        });
    }

    /// Takes a bank's statement: all of it or nothing. Lines that an earlier statement had are passed over, so that statements may overlap.
    public Taking statement(String text, String by) {
        List<BankLine> lines;
        try {
            lines = Files.statement(text);
        } catch (Files.Malformed e) {
            return new Taking.Malformed(String.valueOf(e.getMessage()));
        }
        String file = digest(text);
        return book.write((tables, publish) -> {
            List<BankLine> fresh =
                    lines.stream()
                            .filter(it -> !ReconciliationTables.isBooked(it, tables))
                            .toList();
            for (int from = 0; from < fresh.size(); from += LINES_AN_EVENT) {
                publish.accept(
                        new StatementTaken(
                                file,
                                fresh.subList(from, Math.min(fresh.size(), from + LINES_AN_EVENT)),
                                by));
            }
            return new Taking.Taken(fresh.size(), lines.size() - fresh.size());
        });
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)),
                            0,
                            16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Says what was done about a difference.
    ///
    /// @throws Book.CommandIdReused if another command had this id
    public Deciding decide(Command command, String difference, String done, String by) {
        if (done.isBlank() || done.length() > DONE_LENGTH_MAX) {
            return new Deciding.Malformed(
                    "what was done has 1 to %d characters".formatted(DONE_LENGTH_MAX));
        }
        return book.<Deciding>once(
                        command,
                        (tables, publish) -> {
                            if (!ReconciliationTables.isDifference(difference, now(), tables)) {
                                return new Deciding.NoSuchDifference();
                            }
                            publish.accept(new DifferenceDecided(difference, done, by, now()));
                            return new Deciding.Decided();
                        })
                .orElseGet(Deciding.Decided::new);
    }
}
