package dev.skerry.language.prices;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;

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
    record PromotionChanged(String id, long version, String promotion) implements PromotionEvent {
        public PromotionChanged {
            requireNonNull(id, "id");
            requireNonNull(promotion, "promotion");
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
