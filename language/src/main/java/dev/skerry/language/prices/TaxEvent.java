package dev.skerry.language.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.Percent;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What articles of a tax category are taxed with. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface TaxEvent {

    /// Its stream's name.
    String STREAM = "hq/taxes";

    EventForm<TaxEvent> FORM = new EventForm<>("dev.skerry.taxes.", TaxEvent.class);

    /// Of which articles, and where.
    String category();

    /// A zone; null for the whole chain. A zone's own rate goes before the chain's.
    @Nullable String zone();

    /// The first business day with this rate.
    LocalDate validFrom();

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        String zone = zone();
        return validFrom() + "/" + (zone == null ? "" : zone) + "/" + category();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// The rate from a day on, until that of a later day.
    ///
    /// @param name for people: Reduced rate
    /// @param mark what a receipt prints behind a line: B
    /// @param included prices contain the tax
    record TaxRateSet(
            String category,
            @Nullable String zone,
            LocalDate validFrom,
            String name,
            String mark,
            Percent rate,
            boolean included)
            implements TaxEvent {
        public TaxRateSet {
            requireNonNull(category, "category");
            requireNonNull(validFrom, "validFrom");
            requireNonNull(name, "name");
            requireNonNull(mark, "mark");
            if (rate.basisPoints() < 0) {
                throw new IllegalArgumentException("a tax rate is not below zero: " + rate);
            }
        }
    }

    /// That rate was a mistake: the one before it goes on.
    record TaxRateRemoved(String category, @Nullable String zone, LocalDate validFrom)
            implements TaxEvent {
        public TaxRateRemoved {
            requireNonNull(category, "category");
            requireNonNull(validFrom, "validFrom");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
