package dev.skerry.hq.reconciliation;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.hq.reconciliation.Difference.Kind;
import dev.skerry.hq.reconciliation.ReconciliationTables.Card;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.Money;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderLost;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderPlaced;
import dev.skerry.language.orders.OrderEvent.OrderSent;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.payments.PaidCard;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.AmountDueChanged;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.PaymentEvent.DrawerCounted;
import dev.skerry.language.payments.PaymentEvent.DrawerOpened;
import dev.skerry.language.payments.PaymentEvent.OfflineGiftCardSettled;
import dev.skerry.language.payments.PaymentEvent.PaidIn;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.PaymentCancelled;
import dev.skerry.language.payments.PaymentEvent.PaymentCompleted;
import dev.skerry.language.payments.PaymentEvent.PaymentOpened;
import dev.skerry.language.payments.PaymentEvent.PickedUp;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundDropped;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundMade;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundRefused;
import dev.skerry.language.payments.PaymentEvent.RefundDeclined;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.RefundPromised;
import dev.skerry.language.payments.PaymentEvent.RefundRequested;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftOpened;
import dev.skerry.language.payments.PaymentEvent.StoredTenderApproved;
import dev.skerry.language.payments.PaymentEvent.StoredTenderCancelled;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import dev.skerry.language.payments.PaymentEvent.StoredTenderForwarded;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderDeclined;
import dev.skerry.language.payments.PaymentEvent.TenderLookedAt;
import dev.skerry.language.payments.PaymentEvent.TenderRequested;
import dev.skerry.language.payments.PaymentEvent.TenderReversed;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderTaken;
import dev.skerry.language.payments.PaymentEvent.TenderUnknown;
import dev.skerry.language.payments.PaymentEvent.TenderWithdrawn;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.language.payments.TenderTakings;
import dev.skerry.language.payments.ZReport;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Follows all that stores write, with one cursor, because what one stream says is compared with what another does.
final class ReconciliationFollower implements Book.Reaction<Object> {

    /// By which a store calls the payment that takes an order back: this, and the order's id.
    private static final String VOID = "void-";

    /// Of the articles of a count.
    private static final int DETAIL_LINES_MAX = 20;

    @Override
    public void react(Event event, Handle tables, Consumer<Object> publish) {
        String stream = event.stream().value();
        int slash = stream.indexOf('/');
        String store = stream.substring(0, slash);
        switch (stream.substring(slash + 1)) {
            case "payments" -> {
                CloudEvent envelope = CloudEvents.read(event);
                PaymentEvent.FORM
                        .read(envelope)
                        .ifPresent(it -> new Payments(store, envelope.time(), tables).take(it));
            }
            case "orders" -> {
                CloudEvent envelope = CloudEvents.read(event);
                OrderEvent.FORM
                        .read(envelope)
                        .ifPresent(it -> order(store, it, envelope.time(), tables));
            }
            case "inventory" -> {
                CloudEvent envelope = CloudEvents.read(event);
                InventoryEvent.FORM
                        .read(envelope)
                        .ifPresent(it -> {
                            if (it instanceof GoodsCounted counted) {
                                counted(store, counted, envelope.time(), tables);
                            }
                        });
            }
            default -> {
                // Nothing there is about money or goods.
            }
        }
    }

    @Override
    public boolean startOver(Handle tables) {
        ReconciliationTables.forgetStores(tables);
        return true;
    }

    // ---- orders

    private static void order(String store, OrderEvent event, Instant at, Handle tables) {
        switch (event) {
            case OrderPaid(Order it) ->
                    ReconciliationTables.sale(
                            store,
                            it.id(),
                            it.businessDay(),
                            it.total().plus(it.rounding()),
                            true,
                            at,
                            tables);
            case OrderVoided it ->
                    sum(it.refunds())
                            .ifPresent(refunded ->
                                    ReconciliationTables.sale(
                                            store,
                                            VOID + it.order(),
                                            it.receipt().businessDay(),
                                            refunded.abs().negated(),
                                            true,
                                            at,
                                            tables));
            case OrderPlaced _,
                    OrderSent _,
                    OrderCancelled _,
                    OrderLost _,
                    OrderEvent.OrderLeft _,
                    BasketAbandoned _ -> {}
        }
    }

    private static Optional<Money> sum(List<OrderTender> tenders) {
        return tenders.stream().map(OrderTender::amount).reduce(Money::plus);
    }

    // ---- counts

    private static void counted(String store, GoodsCounted count, Instant at, Handle tables) {
        List<CountLine> wrong =
                count.lines().stream().filter(it -> !it.counted().equals(it.expected())).toList();
        if (wrong.isEmpty()) {
            return;
        }
        String detail =
                wrong.stream()
                        .limit(DETAIL_LINES_MAX)
                        .map(it ->
                                "%s %s (%s)"
                                        .formatted(
                                                it.sku(),
                                                it.counted().minus(it.expected()),
                                                it.expected()))
                        .collect(Collectors.joining(", "));
        ReconciliationTables.raise(
                Kind.STOCK_COUNTED,
                store + "/" + count.document(),
                store,
                null,
                count.document(),
                null,
                null,
                null,
                wrong.size() > DETAIL_LINES_MAX
                        ? "%s, and %d more".formatted(detail, wrong.size() - DETAIL_LINES_MAX)
                        : detail,
                at.toEpochMilli(),
                tables);
    }

    // ---- payments

    /// One event of one store.
    private record Payments(String store, Instant at, Handle tables) {

        void take(PaymentEvent event) {
            switch (event) {
                case TenderTaken it -> taken(it.place(), it.kind(), it.amount().minor());
                case TenderApproved it -> {
                    taken(it.place(), it.kind(), it.amount().minor());
                    card(
                            it.kind(),
                            it.tender(),
                            it.order(),
                            it.place(),
                            "APPROVED",
                            it.amount(),
                            it.card());
                }
                case TenderStored it -> {
                    taken(it.place(), it.kind(), it.amount().minor());
                    card(
                            it.kind(),
                            it.tender(),
                            it.order(),
                            it.place(),
                            "STORED",
                            it.amount(),
                            it.card());
                }
                case TenderWithdrawn it -> {
                    taken(it.place(), it.kind(), -it.amount().minor());
                    stands(it.tender(), it.reversal() ? "REVERSING" : "WITHDRAWN", 0);
                }
                case TenderReversed it -> stands(it.tender(), "REVERSED", 0);
                case StoredTenderCancelled it -> stands(it.tender(), "CANCELLED", 0);
                case StoredTenderApproved it ->
                        stands(it.tender(), "APPROVED_LATE", it.amount().minor());
                case StoredTenderDeclined it -> {
                    stands(it.tender(), "DECLINED_LATE", 0);
                    attention(Kind.LATE_DECLINE, it.order(), it.tender(), it.amount(), it.reason());
                }
                case ReversalRefused it -> {
                    Optional<Card> known = ReconciliationTables.card(store, it.tender(), tables);
                    if (known.isEmpty() || !known.get().state().equals("CANCELLED")) {
                        stands(it.tender(), "REVERSAL_REFUSED", it.amount().minor());
                    }
                    attention(
                            Kind.REVERSAL_REFUSED,
                            it.order(),
                            it.tender(),
                            it.amount(),
                            it.reason());
                }
                case RefundMade it -> {
                    taken(it.place(), it.kind(), -it.paid().minor());
                    card(
                            it.kind(),
                            it.tender(),
                            it.order(),
                            it.place(),
                            "REFUNDED",
                            it.paid().negated(),
                            null);
                }
                case RefundPromised it -> {
                    taken(it.place(), it.kind(), -it.amount().minor());
                    card(
                            it.kind(),
                            it.tender(),
                            it.order(),
                            it.place(),
                            "PROMISED",
                            it.amount().negated(),
                            null);
                    stands(it.tender(), "PROMISED", 0);
                }
                case PromisedRefundMade it ->
                        ReconciliationTables.card(store, it.tender(), tables)
                                .ifPresent(card ->
                                        stands(it.tender(), "REFUNDED", card.amount().minor()));
                case PromisedRefundDropped it -> stands(it.tender(), "DROPPED", 0);
                case PromisedRefundRefused it ->
                        attention(
                                Kind.REFUND_REFUSED,
                                it.order(),
                                it.tender(),
                                it.amount(),
                                it.reason());
                case PaymentCompleted it -> {
                    taken(it.place(), TenderKind.CASH, -it.change().minor());
                    ReconciliationTables.sale(
                            store,
                            it.order(),
                            it.place().day(),
                            it.due().plus(it.rounding()),
                            false,
                            at,
                            tables);
                }
                case ShiftClosed it -> closed(it.z());
                case TenderLookedAt it ->
                        ReconciliationTables.lookedAt(
                                store, it.tender(), it.note(), it.by(), at, tables);
                case PaymentOpened _,
                        AmountDueChanged _,
                        TenderRequested _,
                        TenderDeclined _,
                        TenderUnknown _,
                        StoredTenderForwarded _,
                        OfflineGiftCardSettled _,
                        PaymentCancelled _,
                        RefundRequested _,
                        RefundDeclined _,
                        BusinessDayOpened _,
                        BusinessDayClosed _,
                        ShiftOpened _,
                        PaidIn _,
                        PaidOut _,
                        PickedUp _,
                        DrawerOpened _,
                        DrawerCounted _ -> {}
            }
        }

        /// What comes late is in no Z.
        private void taken(Place place, TenderKind kind, long amount) {
            String shift = place.shift();
            if (shift != null && !place.late() && amount != 0) {
                ReconciliationTables.taken(store, shift, kind.name(), amount, tables);
            }
        }

        private void card(
                TenderKind kind,
                String tender,
                String order,
                Place place,
                String state,
                Money amount,
                @Nullable PaidCard card) {
            if (kind == TenderKind.CARD) {
                ReconciliationTables.save(
                        new Card(
                                store,
                                tender,
                                order,
                                place.till(),
                                place.day(),
                                state,
                                amount,
                                amount.minor(),
                                card == null ? null : card.toString()),
                        at,
                        tables);
            }
        }

        /// What is known of a card's tender already is so now. Of other tenders nothing is kept.
        private void stands(String tender, String state, long expected) {
            ReconciliationTables.card(store, tender, tables)
                    .ifPresent(it ->
                            ReconciliationTables.save(
                                    new Card(
                                            it.store(),
                                            it.reference(),
                                            it.payment(),
                                            it.till(),
                                            it.day(),
                                            state,
                                            it.amount(),
                                            expected,
                                            it.card()),
                                    at,
                                    tables));
        }

        private void attention(
                Kind kind, String order, String tender, Money amount, String reason) {
            ReconciliationTables.raise(
                    kind,
                    store + "/" + tender,
                    store,
                    null,
                    tender,
                    amount.minor(),
                    null,
                    amount.currency().getCurrencyCode(),
                    "%s, of %s".formatted(reason, order),
                    at.toEpochMilli(),
                    tables);
        }

        private void closed(ZReport z) {
            int before = ReconciliationTables.numbered(store, z.till(), z.number(), tables);
            if (z.number() != before + 1) {
                ReconciliationTables.raise(
                        Kind.Z_MISSING,
                        "%s/%s/%d".formatted(store, z.till(), z.number()),
                        store,
                        z.day(),
                        z.till(),
                        null,
                        null,
                        null,
                        "Z %d came after Z %d".formatted(z.number(), before),
                        at.toEpochMilli(),
                        tables);
            }
            long expected = 0;
            long found = 0;
            List<String> wrong = new ArrayList<>();
            for (TenderKind kind : TenderKind.values()) {
                long taken = ReconciliationTables.takings(store, z.shift(), kind.name(), tables);
                long told =
                        z.takings().stream()
                                .filter(it -> it.kind() == kind)
                                .map(TenderTakings::net)
                                .mapToLong(Money::minor)
                                .sum();
                expected += taken;
                found += told;
                if (taken != told) {
                    wrong.add(
                            "%s %s instead of %s"
                                    .formatted(
                                            kind,
                                            new Money(told, z.cashFloat().currency()),
                                            new Money(taken, z.cashFloat().currency())));
                }
            }
            if (!wrong.isEmpty()) {
                ReconciliationTables.raise(
                        Kind.Z_DIFFERS,
                        store + "/" + z.shift(),
                        store,
                        z.day(),
                        "%s Z %d".formatted(z.till(), z.number()),
                        expected,
                        found,
                        z.cashFloat().currency().getCurrencyCode(),
                        String.join(", ", wrong),
                        at.toEpochMilli(),
                        tables);
            }
        }
    }
}
