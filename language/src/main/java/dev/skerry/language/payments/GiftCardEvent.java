package dev.skerry.language.payments;

import dev.skerry.language.EventForm;
import dev.skerry.language.Money;
import org.jspecify.annotations.Nullable;

/// What happened to gift cards at HQ, as far as stores need to know. HQ keeps the balances, and books what stores have taken,
/// reversed and given back by following their payments. The stream is compacted: the newest event of a [#key] stands for it.
public sealed interface GiftCardEvent {

    /// HQ's, mirrored by every store.
    String STREAM = "hq/gift-cards";

    EventForm<GiftCardEvent> FORM = new EventForm<>("dev.skerry.payments.", GiftCardEvent.class);

    /// The number of the gift card.
    String card();

    /// What it is about; the subject of its CloudEvent.
    default String key() {
        return "card/" + card();
    }

    /// Whether it ends what it is about.
    default boolean ends() {
        return false;
    }

    /// Not to be taken any more.
    record GiftCardBlocked(String card, String reason) implements GiftCardEvent {}

    record GiftCardUnblocked(String card) implements GiftCardEvent {
        @Override
        public boolean ends() {
            return true;
        }
    }

    /// HQ has booked what a store took without asking.
    ///
    /// @param store such as `store-0042`
    /// @param tender the store's
    /// @param overdraft what the balance lacked; null if it lacked nothing
    record OfflineGiftCardBooked(
            String card, String store, String tender, @Nullable Money overdraft)
            implements GiftCardEvent {
        @Override
        public String key() {
            return "booked/" + store + "/" + tender;
        }
    }
}
