package dev.skerry.hq.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.hq.reconciliation.Reconciliation.CopiedDay;
import dev.skerry.hq.reconciliation.Reconciliation.Which;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Steps.Step;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Headquarters' copies, in a real file.
class CopyCheckTest {

    private static final StreamName ORDERS = StreamName.of("store-0042/orders");
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(MONDAY.plusSeconds(1_000_000));

    @TempDir private Path folder;

    private SqliteDatabase mirrors() {
        return SqliteDatabase.open(folder.resolve("estate.db"), SqliteSettings.defaults(), CLOCK);
    }

    private Reconciliation reconciliation(SqliteDatabase database) {
        return new Reconciliation(database, CLOCK, new TimeOrderedIds(CLOCK, new Random(1)));
    }

    private SqliteDatabase database() {
        return SqliteDatabase.open(
                folder.resolve("reconciliation.db"),
                SqliteSettings.defaults(),
                CLOCK,
                Reconciliation.tables());
    }

    /// Each in a chunk of its own.
    private static void sells(SqliteDatabase mirrors, int from, int count, Instant first) {
        for (int i = from; i < from + count; i++) {
            CloudEvent event =
                    CloudEvent.of(
                            "e" + i,
                            ORDERS.value(),
                            "dev.skerry.orders.Something",
                            first.plusSeconds(3600L * i),
                            "{\"n\":%d}".formatted(i));
            mirrors.write(tx -> {
                if (!tx.exists(ORDERS)) {
                    tx.open(ORDERS, StreamSettings.keepAll());
                }
                return tx.append(ORDERS, CloudEvents.write(event));
            });
        }
    }

    private static void run(Steps check) {
        while (check.step() instanceof Step.Moved) {}
        assertInstanceOf(Step.CaughtUp.class, check.step());
    }

    @Test
    void each_day_is_proven_once_the_next_has_begun_and_goes_on_where_it_was() {
        try (SqliteDatabase mirrors = mirrors();
                SqliteDatabase own = database()) {
            Reconciliation reconciliation = reconciliation(own);
            sells(mirrors, 0, 30, MONDAY);
            run(reconciliation.copies(mirrors));
            List<CopiedDay> days = reconciliation.copiedDays("store-0042", 10);
            assertEquals(
                    List.of(
                            new CopiedDay(
                                    ORDERS.value(),
                                    LocalDate.of(2026, 3, 2),
                                    16,
                                    16,
                                    mirrors.checksumAt(ORDERS, 16)
                                            .orElseThrow()
                                            .checksum()
                                            .toString())),
                    days);
            sells(mirrors, 30, 30, MONDAY);
            run(reconciliation(own).copies(mirrors));
            assertEquals(
                    List.of(24L, 16L),
                    reconciliation.copiedDays("store-0042", 10).stream()
                            .map(CopiedDay::events)
                            .toList());
            assertEquals(List.of(), reconciliation.open());
        }
    }

    @Test
    void what_clients_wrote_in_their_own_way_is_proven_as_well() {
        try (SqliteDatabase mirrors = mirrors();
                SqliteDatabase own = database()) {
            StreamName theirs = StreamName.of("store-0042/a-clients");
            mirrors.write(tx -> {
                tx.open(theirs, StreamSettings.keepAll());
                return tx.append(theirs, NewEvent.of(Bytes.of("no event at all")));
            });
            sells(mirrors, 0, 30, MONDAY);
            Reconciliation reconciliation = reconciliation(own);
            run(reconciliation.copies(mirrors));
            assertEquals(1, reconciliation.copiedDays("store-0042", 10).size());
            assertEquals(List.of(), reconciliation.open());
        }
    }

    @Test
    void a_copy_that_is_not_what_the_store_wrote_is_found_and_named() throws SQLException {
        try (SqliteDatabase mirrors = mirrors()) {
            sells(mirrors, 0, 30, MONDAY);
        }
        // One byte of an amount, as a failing disk or a hand in the file would change it.
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("estate.db"));
                var statement = connection.createStatement()) {
            int changed =
                    statement.executeUpdate(
                            "UPDATE chunk SET data = CAST(replace(CAST(data AS TEXT), '{\"n\":7}', '{\"n\":8}') AS BLOB)"
                                    + " WHERE instr(data, CAST('{\"n\":7}' AS BLOB)) > 0");
            assertEquals(1, changed);
        }
        try (SqliteDatabase mirrors = mirrors();
                SqliteDatabase own = database()) {
            Reconciliation reconciliation = reconciliation(own);
            run(reconciliation.copies(mirrors));
            Difference found =
                    reconciliation
                            .differences(Which.OPEN, Kind.COPY_DIFFERS, null, 0, 10)
                            .differences()
                            .getFirst();
            assertEquals(ORDERS.value(), found.about());
            assertEquals("store-0042", found.store());
            assertTrue(found.detail().startsWith("between offsets 0 and"), found::detail);
            // It is said once, and by the next start too.
            run(reconciliation(own).copies(mirrors));
            assertEquals(1, reconciliation.open().getFirst().open());
        }
    }
}
