package dev.skerry.store.reports;

import dev.skerry.language.Money;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.BasketAbandoned;
import dev.skerry.language.orders.OrderEvent.OrderCancelled;
import dev.skerry.language.orders.OrderEvent.OrderLost;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.DrawerCounted;
import dev.skerry.language.payments.PaymentEvent.DrawerOpened;
import dev.skerry.language.payments.PaymentEvent.OfflineGiftCardSettled;
import dev.skerry.language.payments.PaymentEvent.PaidIn;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.PickedUp;
import dev.skerry.language.payments.PaymentEvent.PromisedRefundRefused;
import dev.skerry.language.payments.PaymentEvent.ReversalRefused;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftOpened;
import dev.skerry.language.payments.PaymentEvent.StoredTenderDeclined;
import dev.skerry.language.payments.ZReport;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.store.reports.ExceptionEntry.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says what of an event is out of the ordinary.
final class Exceptions {

    private static final String BY_HAND = "MANUAL";
    private static final String GIVEN = "GIVEN";

    private final ZoneId zone;
    private final Currency currency;

    Exceptions(ZoneId zone, Currency currency) {
        this.zone = zone;
        this.currency = currency;
    }

    /// One entry, without what most do not have.
    private final class Draft {
        private final Instant at;
        private final Kind kind;
        private final String device;
        private final String person;
        private @Nullable String approvedBy;
        private @Nullable Money amount;
        private @Nullable String order;
        private @Nullable String shift;

        Draft(Instant at, Kind kind, String device, String person) {
            this.at = at;
            this.kind = kind;
            this.device = device;
            this.person = person;
        }

        Draft approvedBy(@Nullable String it) {
            approvedBy = it;
            return this;
        }

        Draft amount(@Nullable Money it) {
            amount = it;
            return this;
        }

        Draft order(@Nullable String it) {
            order = it;
            return this;
        }

        Draft shift(@Nullable String it) {
            shift = it;
            return this;
        }

        ExceptionEntry saying(@Nullable String detail) {
            return new ExceptionEntry(
                    at.atZone(zone).toLocalDate(),
                    at,
                    kind,
                    device,
                    person,
                    approvedBy,
                    amount,
                    order,
                    shift,
                    Objects.requireNonNullElse(detail, ""));
        }
    }

    private Draft draft(Instant at, Kind kind, String device, String person) {
        return new Draft(at, kind, device, person);
    }

    // ---- orders

    List<ExceptionEntry> of(OrderEvent event, Instant at) {
        return switch (event) {
            case OrderPaid(Order order) -> paid(order, at);
            case OrderVoided voided ->
                    List.of(
                            draft(at, Kind.VOID, voided.receipt().till(), voided.cashier())
                                    .approvedBy(voided.approvedBy())
                                    .amount(sum(voided.refunds().stream().map(OrderTender::amount)))
                                    .order(voided.order())
                                    .saying(voided.reason()));
            case BasketAbandoned given ->
                    given.lines() == 0
                            ? List.of()
                            : List.of(
                                    draft(at, Kind.ABANDONED, given.device(), given.cashier())
                                            .amount(given.total().abs())
                                            .saying(given.reason()));
            case OrderCancelled cancelled ->
                    List.of(
                            draft(at, Kind.CANCELLED, "", cancelled.by())
                                    .saying(cancelled.reason()));
            case OrderLost lost ->
                    List.of(
                            draft(at, Kind.LOST, lost.till(), "")
                                    .amount(sum(lost.tenders().stream().map(OrderTender::amount)))
                                    .saying(lost.order()));
            case OrderEvent.OrderPlaced _, OrderEvent.OrderSent _, OrderEvent.OrderLeft _ ->
                    List.of();
        };
    }

    private List<ExceptionEntry> paid(Order order, Instant at) {
        List<ExceptionEntry> all = new ArrayList<>();
        add(all, Kind.RETURN, order, at, it -> !it.voided() && comesBack(it));
        List<OrderDiscount> taken =
                order.discounts().stream().filter(it -> it.kind().equals(BY_HAND)).toList();
        if (!taken.isEmpty()) {
            all.add(
                    of(order, Kind.DISCOUNT, at)
                            .amount(sum(taken.stream().map(OrderDiscount::amount)))
                            .saying(
                                    words(
                                            taken.stream()
                                                    .map(it ->
                                                            Objects.requireNonNullElse(
                                                                    it.reason(), it.name())))));
        }
        add(
                all,
                Kind.PRICE,
                order,
                at,
                it ->
                        !it.voided()
                                && !comesBack(it)
                                && it.priceSource().equals(BY_HAND)
                                && it.discounts().stream()
                                        .noneMatch(one -> one.kind().equals(GIVEN)));
        add(all, Kind.VOIDED_LINES, order, at, it -> it.voided() && it.parent() == null);
        return all;
    }

    private static boolean comesBack(OrderLine line) {
        return line.returnOf() != null || line.returnReason() != null;
    }

    private void add(
            List<ExceptionEntry> all,
            Kind kind,
            Order order,
            Instant at,
            Predicate<OrderLine> which) {
        List<OrderLine> lines = order.lines().stream().filter(which).toList();
        if (!lines.isEmpty()) {
            Money amount = sum(lines.stream().map(OrderLine::net));
            all.add(
                    of(order, kind, at)
                            // A line that was taken out has no price any more.
                            .amount(kind == Kind.VOIDED_LINES ? null : amount)
                            .saying(words(lines.stream().map(Exceptions::words))));
        }
    }

    private static String words(OrderLine line) {
        return line.returnReason() == null
                ? line.name()
                : line.name() + " (" + line.returnReason() + ")";
    }

    private static String words(Stream<String> each) {
        return each.distinct().collect(Collectors.joining(", "));
    }

    private Draft of(Order order, Kind kind, Instant at) {
        return draft(at, kind, order.receipt().till(), order.cashier())
                .approvedBy(order.approvedBy())
                .order(order.id());
    }

    private Money sum(Stream<Money> amounts) {
        return amounts.reduce(Money.zero(currency), Money::plus).abs();
    }

    // ---- payments

    /// @param till of a shift
    List<ExceptionEntry> of(PaymentEvent event, Instant at, UnaryOperator<String> till) {
        return switch (event) {
            case ShiftOpened opened ->
                    List.of(
                            draft(at, Kind.CASH_FLOAT, opened.till(), opened.by())
                                    .amount(opened.cashFloat())
                                    .shift(opened.shift())
                                    .saying(""));
            case DrawerOpened opened ->
                    List.of(
                            draft(at, Kind.NO_SALE, opened.till(), opened.by())
                                    .shift(opened.shift())
                                    .saying(opened.reason()));
            case PaidIn paid ->
                    List.of(
                            draft(at, Kind.PAID_IN, paid.place().till(), paid.by())
                                    .amount(paid.amount())
                                    .shift(paid.shift())
                                    .saying(paid.reason()));
            case PaidOut paid ->
                    List.of(
                            draft(at, Kind.PAID_OUT, paid.place().till(), paid.by())
                                    .amount(paid.amount())
                                    .shift(paid.shift())
                                    .saying(paid.reason()));
            case PickedUp picked ->
                    List.of(
                            draft(at, Kind.PICKED_UP, picked.place().till(), picked.by())
                                    .amount(picked.amount())
                                    .shift(picked.shift())
                                    .saying(""));
            case DrawerCounted counted ->
                    List.of(
                            draft(at, Kind.COUNTED, till.apply(counted.shift()), counted.by())
                                    .amount(counted.counted())
                                    .shift(counted.shift())
                                    .saying(""));
            case ShiftClosed(String shift, ZReport z) ->
                    z.overShort().isZero()
                            ? List.of()
                            : List.of(
                                    draft(at, Kind.OVER_SHORT, z.till(), z.closedBy())
                                            .amount(z.overShort())
                                            .shift(shift)
                                            .saying("Z " + z.number()));
            case StoredTenderDeclined declined ->
                    List.of(
                            draft(at, Kind.LATE_DECLINE, "", "")
                                    .amount(declined.amount())
                                    .order(declined.order())
                                    .saying(declined.reason()));
            case ReversalRefused refused ->
                    List.of(
                            draft(at, Kind.REFUSED_REFUND, "", "")
                                    .amount(refused.amount())
                                    .order(refused.order())
                                    .saying(refused.reason()));
            case PromisedRefundRefused refused ->
                    List.of(
                            draft(at, Kind.REFUSED_REFUND, "", "")
                                    .amount(refused.amount())
                                    .order(refused.order())
                                    .saying(refused.reason()));
            case OfflineGiftCardSettled settled ->
                    settled.overdraft() == null
                            ? List.of()
                            : List.of(
                                    draft(at, Kind.OVERDRAWN, "", "")
                                            .amount(settled.overdraft())
                                            .order(settled.order())
                                            .saying(""));
            // What sells as it should.
            default -> List.of();
        };
    }

    // ---- staff

    List<ExceptionEntry> of(StaffingEvent event, Instant at) {
        return switch (event) {
            case ActionApproved approved ->
                    List.of(
                            draft(at, Kind.APPROVAL, approved.device(), approved.askedBy())
                                    .approvedBy(approved.person())
                                    .saying(approved.action()));
            case AccessRefused refused ->
                    List.of(
                            draft(at, Kind.ACCESS_REFUSED, refused.device(), refused.person())
                                    .saying(
                                            refused.action() == null
                                                    ? word(refused.why())
                                                    : word(refused.why())
                                                            + ": "
                                                            + refused.action()));
            case DevicePaired paired -> device(at, paired.device(), paired.by(), "let in");
            case PairingRefused refused -> device(at, refused.device(), refused.by(), "wrong code");
            case DeviceRenamed renamed ->
                    device(at, renamed.device(), renamed.by(), "is now called " + renamed.to());
            case DeviceRemoved removed -> device(at, removed.device(), removed.by(), "taken out");
            // Coming and going.
            default -> List.of();
        };
    }

    private List<ExceptionEntry> device(Instant at, String device, String by, String what) {
        return List.of(draft(at, Kind.DEVICE, device, by).saying(what));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
