package dev.skerry.language.reconciliation;

import dev.skerry.language.Money;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.reconciliation.ReconciliationEvent.BankLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.BatchSettled;
import dev.skerry.language.reconciliation.ReconciliationEvent.CopyFoundDifferent;
import dev.skerry.language.reconciliation.ReconciliationEvent.DayProven;
import dev.skerry.language.reconciliation.ReconciliationEvent.DifferenceDecided;
import dev.skerry.language.reconciliation.ReconciliationEvent.SettledLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.StatementTaken;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationEventTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(ReconciliationEvent.FORM, ReconciliationEventTest.class)
                .check(
                        Map.of(
                                "BatchSettled",
                                new BatchSettled(
                                        "0f1e",
                                        "b-17",
                                        1,
                                        List.of(
                                                new SettledLine(
                                                        "store-0042",
                                                        "till-1-000405",
                                                        Money.of(1299, "EUR"),
                                                        Money.of(20, "EUR"),
                                                        DAY)),
                                        "ann"),
                                "StatementTaken",
                                new StatementTaken(
                                        "0f1f",
                                        List.of(
                                                new BankLine(
                                                        DAY, Money.of(1279, "EUR"), "b-17", 1)),
                                        "ann"),
                                "DifferenceDecided",
                                new DifferenceDecided(
                                        "Z_DIFFERS/store-0042/s1",
                                        "asked the store",
                                        "ann",
                                        Instant.parse("2026-03-04T09:30:00.125Z")),
                                "DayProven",
                                new DayProven(
                                        "store-0042/orders",
                                        DAY,
                                        871,
                                        90210,
                                        "00112233445566778899aabbccddeeff"),
                                "CopyFoundDifferent",
                                new CopyFoundDifferent("store-0042/orders", 1000, 1007)));
    }
}
