package dev.skerry.store.payments;

import static java.util.Objects.requireNonNull;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.payments.GiftCardEvent.GiftCardBlocked;
import dev.skerry.language.payments.GiftCardEvent.GiftCardUnblocked;
import dev.skerry.language.payments.GiftCardEvent.OfflineGiftCardBooked;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.OfflineGiftCardSettled;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import java.util.function.Consumer;

/// Hears from HQ which gift cards are blocked, and what it has booked of those that were taken here without asking.
public final class PaymentsFollowers {

    private final Payments payments;
    private final String store;

    /// @param store such as `store-0042`
    public PaymentsFollowers(Payments payments, String store) {
        this.payments = requireNonNull(payments, "payments");
        this.store = requireNonNull(store, "store");
    }

    /// @param source of the store's mirror of [GiftCardEvent#STREAM]
    public Steps giftCards(EventSource source) {
        return payments.book()
                .follower(
                        "gift-cards",
                        source,
                        FollowerSettings.inOrder(),
                        new Book.Reaction<>() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<PaymentEvent> publish) {
                                GiftCardEvent.FORM
                                        .read(CloudEvents.read(event))
                                        .ifPresent(it -> heard(it, tables, publish));
                            }

                            @Override
                            public boolean startOver(Handle tables) {
                                payments.tables().unblockAll(tables);
                                return true;
                            }
                        });
    }

    private void heard(GiftCardEvent event, Handle handle, Consumer<PaymentEvent> publish) {
        PaymentsTables tables = payments.tables();
        switch (event) {
            case GiftCardBlocked(String card, String reason) -> tables.block(handle, card, reason);
            case GiftCardUnblocked(String card) -> tables.unblock(handle, card);
            case OfflineGiftCardBooked booked -> {
                if (booked.store().equals(store)) {
                    // Heard again after the stream began anew, it is settled already.
                    tables.tender(handle, booked.tender())
                            .filter(it -> it.state() == Tender.State.STORED)
                            .ifPresent(it ->
                                    publish.accept(
                                            new OfflineGiftCardSettled(
                                                    it.order(), it.id(), booked.overdraft())));
                }
            }
        }
    }
}
