package dev.skerry.language.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What headquarters takes off, and when. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface PromotionEvent {

    /// Its stream's name.
    String STREAM = "hq/promotions";

    EventForm<PromotionEvent> FORM =
            new EventForm<>("dev.skerry.promotions.", PromotionEvent.class);

    String id();

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        return id();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// A promotion is new, or is not as it was.
    ///
    /// @param version higher each time; what a sale was priced with is an id and a version
    /// @param promotion JSON, as the pricing library reads it
    /// @param stages where it is launched from when on; null if it is everywhere as the promotion says
    record PromotionChanged(String id, long version, String promotion, @Nullable List<Stage> stages)
            implements PromotionEvent {
        public PromotionChanged {
            requireNonNull(id, "id");
            requireNonNull(promotion, "promotion");
            stages = stages == null ? null : List.copyOf(stages);
        }

        /// One that is everywhere as it says.
        public PromotionChanged(String id, long version, String promotion) {
            this(id, version, promotion, null);
        }

        /// From when on it is in a store: the store's own stage counts, else that of its zone, else that of everywhere.
        ///
        /// @param store such as `store-0042`
        /// @return empty if it is not in that store
        public Optional<LocalDateTime> launch(String store, String zone) {
            if (stages == null) {
                return Optional.of(LocalDateTime.MIN);
            }
            return first(it -> store.equals(it.store))
                    .or(() -> first(it -> zone.equals(it.zone)))
                    .or(() -> first(it -> it.store == null && it.zone == null));
        }

        private Optional<LocalDateTime> first(Predicate<Stage> of) {
            return stages == null
                    ? Optional.empty()
                    : stages.stream().filter(of).map(Stage::from).findFirst();
        }
    }

    /// A part of a launch: of a store, of a zone, or, where both are null, of everywhere else.
    ///
    /// @param store such as `store-0042`
    /// @param from store-local; before that the promotion is not in force there, whatever it says itself
    record Stage(@Nullable String zone, @Nullable String store, LocalDateTime from) {
        public Stage {
            requireNonNull(from, "from");
            if (zone != null && store != null) {
                throw new IllegalArgumentException(
                        "a stage is of a zone, of a store, or of everywhere else; not of "
                                + zone
                                + " and "
                                + store);
            }
        }
    }

    /// A promotion was a mistake. One that ends on a date says so in itself.
    record PromotionRemoved(String id) implements PromotionEvent {
        public PromotionRemoved {
            requireNonNull(id, "id");
        }

        @Override
        public boolean ends() {
            return true;
        }
    }
}
