package dev.skerry.language.reconciliation;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// What is known of payments beside what stores say, and what was done about differences.
public sealed interface ReconciliationEvent {

    /// Its stream's name.
    String STREAM = "local/reconciliation";

    EventForm<ReconciliationEvent> FORM =
            new EventForm<>("dev.skerry.reconciliation.", ReconciliationEvent.class);

    /// What a processor settled.
    ///
    /// @param store whose terminal it was, such as `store-0042`
    /// @param reference by which the terminal named the payment or refund: the id of its tender
    /// @param amount negative for a refund
    /// @param fee kept by the processor
    record SettledLine(String store, String reference, Money amount, Money fee, LocalDate date) {
        public SettledLine {
            requireNonNull(store, "store");
            requireNonNull(reference, "reference");
            requireNonNull(amount, "amount");
            requireNonNull(fee, "fee");
            requireNonNull(date, "date");
        }
    }

    /// A processor's file had these lines of a batch. A batch is in one file alone, and may be told in several parts.
    ///
    /// @param file its digest
    /// @param part from 1
    record BatchSettled(String file, String batch, int part, List<SettledLine> lines, String by)
            implements ReconciliationEvent {
        public BatchSettled {
            requireNonNull(file, "file");
            requireNonNull(batch, "batch");
            lines = List.copyOf(lines);
        }
    }

    /// A bank's statement had these lines.
    ///
    /// @param file its digest
    record StatementTaken(String file, List<BankLine> lines, String by)
            implements ReconciliationEvent {
        public StatementTaken {
            requireNonNull(file, "file");
            lines = List.copyOf(lines);
        }
    }

    /// What the bank booked.
    ///
    /// @param batch the processor's, which it pays out
    /// @param number tells it from others of the same day, batch and amount: from 1
    record BankLine(LocalDate date, Money amount, String batch, int number) {
        public BankLine {
            requireNonNull(date, "date");
            requireNonNull(amount, "amount");
            requireNonNull(batch, "batch");
        }
    }

    /// Somebody has seen a difference, and did something about it.
    ///
    /// @param done what, for people
    record DifferenceDecided(String difference, String done, String by, Instant at)
            implements ReconciliationEvent {
        public DifferenceDecided {
            requireNonNull(difference, "difference");
            requireNonNull(done, "done");
            requireNonNull(by, "by");
            requireNonNull(at, "at");
        }
    }

    /// All bytes of a day of a store's stream, as headquarters have them, lead to the checksum that the store's did.
    ///
    /// @param day in UTC
    /// @param events of that day
    /// @param upTo the offset after the last of them
    /// @param checksum of the stream there
    record DayProven(String stream, LocalDate day, long events, long upTo, String checksum)
            implements ReconciliationEvent {
        public DayProven {
            requireNonNull(stream, "stream");
            requireNonNull(day, "day");
            requireNonNull(checksum, "checksum");
        }
    }

    /// What headquarters have of a store's stream is not what the store wrote.
    ///
    /// @param from up to here it is
    /// @param to from here on it is not known to be; something between has changed
    record CopyFoundDifferent(String stream, long from, long to) implements ReconciliationEvent {
        public CopyFoundDifferent {
            requireNonNull(stream, "stream");
        }
    }
}
