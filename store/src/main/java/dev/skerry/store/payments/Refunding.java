package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaymentEvent.RefundMade;
import dev.skerry.language.payments.PaymentEvent.RefundPromised;
import dev.skerry.language.payments.PaymentEvent.RefundRequested;
import dev.skerry.language.payments.PaymentEvent.StoredTenderCancelled;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.pricing.CashRounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what is given back, and by which tender. Pure.
final class Refunding {

    private Refunding() {}

    /// What had been paid, and what of it has gone back.
    ///
    /// @param order null if it was not paid here
    /// @param refunded of the order, in all
    /// @param refundedOf of the tender in question
    /// @param cashRefunded of the order, in cash, before rounding
    /// @param cashPaidBack the same after rounding
    /// @param voucherRefunded of the order, by voucher
    /// @param goingUp what is stored is being sent up at this moment
    /// @param inDrawer of the shift where cash would be taken from
    record Known(
            @Nullable Payment order,
            Money refunded,
            Money refundedOf,
            Money cashRefunded,
            Money cashPaidBack,
            Money voucherRefunded,
            boolean goingUp,
            Money inDrawer) {}

    static Decided decide(
            Payment payment,
            GivingBack wish,
            Place place,
            Known known,
            PaymentsPolicy policy,
            String voucherNumber) {
        if (payment.state() != Payment.State.OPEN || !payment.due().isNegative()) {
            return Decided.no(
                    Refusal.NOT_OPEN,
                    "nothing is to be given back here: the payment is %s, and %s is due"
                            .formatted(payment.state(), payment.due()));
        }
        if (payment.tenders().size() >= Payment.TENDERS_MAX) {
            return Decided.no(
                    Refusal.TOO_MANY_TENDERS,
                    "a payment has at most " + Payment.TENDERS_MAX + " tenders");
        }
        Money amount = wish.amount();
        if (!amount.currency().equals(policy.currency())) {
            return Decided.no(
                    Refusal.WRONG_CURRENCY, "this store takes " + policy.currency() + " only");
        }
        if (!amount.isPositive()) {
            return Decided.no(Refusal.WRONG_AMOUNT, "an amount is above 0, not " + amount);
        }
        if (amount.compareTo(payment.free()) > 0) {
            return Decided.no(Refusal.TOO_MUCH, payment.free() + " is left to be given back");
        }
        RefundOf of = wish.of();
        Payment order = known.order();
        if (of != null && order == null) {
            return Decided.no(Refusal.NO_SUCH_PAYMENT, "this order was not paid here");
        }
        if (order != null && order.state() != Payment.State.COMPLETED) {
            return Decided.no(
                    Refusal.NOT_PAID_SO, "the order is not paid; withdraw what was taken for it");
        }
        if (order != null && known.refunded().plus(amount).compareTo(order.due()) > 0) {
            return Decided.no(
                    Refusal.NOT_PAID_SO,
                    "%s was paid, of which %s has gone back"
                            .formatted(order.due(), known.refunded()));
        }
        return switch (wish.kind()) {
            case CASH -> cash(wish, place, known, policy);
            case VOUCHER -> voucher(wish, place, known, voucherNumber);
            case CARD -> card(wish, place, known);
            case GIFT_CARD, ON_ACCOUNT -> account(wish, place, known, policy);
            case MANUFACTURER_COUPON ->
                    Decided.no(
                            Refusal.NOT_PAID_SO,
                            "a coupon is gone; give back by voucher what it paid");
        };
    }

    private static Decided cash(GivingBack wish, Place place, Known known, PaymentsPolicy policy) {
        if (place.shift() == null && !place.late()) {
            return Decided.no(
                    Refusal.NO_SHIFT,
                    "cash comes out of the drawer of a shift; open one at this till");
        }
        Payment order = known.order();
        Money all = known.cashRefunded().plus(wish.amount());
        if (order != null && !wish.otherThanPaid() && all.compareTo(order.coveredByCash()) > 0) {
            return Decided.no(
                    Refusal.NOT_PAID_SO,
                    "%s was paid in cash, of which %s has gone back"
                            .formatted(order.coveredByCash(), known.cashRefunded()));
        }
        // Rounded over all that went back in cash for the order, so that parts add up to what was
        // paid.
        Money paid =
                order == null
                        ? rounded(wish.amount(), policy.cashStep())
                        : rounded(all, policy.cashStep()).minus(known.cashPaidBack());
        if (!place.late() && paid.compareTo(known.inDrawer()) > 0) {
            return Decided.no(
                    Refusal.NOT_IN_DRAWER, "there is not so much in the drawer; pay in first");
        }
        return made(wish, paid.max(Money.zero(paid.currency())), null, place);
    }

    private static Decided voucher(GivingBack wish, Place place, Known known, String number) {
        Payment order = known.order();
        if (order != null && !wish.otherThanPaid()) {
            Money papers =
                    order.tenders().stream()
                            .filter(Tender::counts)
                            .filter(it ->
                                    it.kind() == TenderKind.VOUCHER
                                            || it.kind() == TenderKind.MANUFACTURER_COUPON)
                            .map(Tender::amount)
                            .reduce(Money.zero(wish.amount().currency()), Money::plus);
            if (known.voucherRefunded().plus(wish.amount()).compareTo(papers) > 0) {
                return Decided.no(
                        Refusal.NOT_PAID_SO,
                        "%s was paid by vouchers and coupons, of which %s has gone back"
                                .formatted(papers, known.voucherRefunded()));
            }
        }
        return made(wish, wish.amount(), number, place);
    }

    private static Decided card(GivingBack wish, Place place, Known known) {
        return paidTender(wish, known)
                .map(tender -> {
                    if (exceeds(wish, known, tender)) {
                        return exceeded(known, tender);
                    }
                    RefundOf of = new RefundOf(tender.order(), tender.id());
                    return switch (tender.state()) {
                        case STORED, FORWARDED ->
                                tender.state() == Tender.State.STORED
                                                && !known.goingUp()
                                                && wish.amount().equals(tender.amount())
                                        ? Decided.happens(
                                                new StoredTenderCancelled(
                                                        tender.order(),
                                                        tender.id(),
                                                        tender.amount(),
                                                        wish.tender()),
                                                new RefundMade(
                                                        wish.order(),
                                                        wish.tender(),
                                                        wish.kind(),
                                                        wish.amount(),
                                                        wish.amount(),
                                                        null,
                                                        of,
                                                        place,
                                                        wish.by()))
                                        : Decided.happens(
                                                new RefundPromised(
                                                        wish.order(),
                                                        wish.tender(),
                                                        wish.kind(),
                                                        wish.amount(),
                                                        of,
                                                        place,
                                                        wish.by()));
                        case APPROVED, APPROVED_LATE ->
                                Decided.happens(
                                        new RefundRequested(
                                                wish.order(),
                                                wish.tender(),
                                                wish.kind(),
                                                wish.amount(),
                                                of,
                                                place,
                                                wish.by()));
                        default ->
                                Decided.no(
                                        Refusal.NOT_PAID_SO,
                                        "the card was not charged in the end: it is "
                                                + tender.state());
                    };
                })
                .orElseGet(Refunding::noSuchTender);
    }

    private static Decided account(
            GivingBack wish, Place place, Known known, PaymentsPolicy policy) {
        if (wish.of() == null) {
            String account = wish.account();
            if (account == null) {
                return Decided.no(
                        Refusal.NO_ACCOUNT, "say to which tender, or to which account, it goes");
            }
            return policy.isGiftCard(account)
                    ? made(wish, wish.amount(), account, place)
                    : Decided.no(
                            Refusal.CARD_NUMBER,
                            "the account looks like the number of a payment card, which must not enter the system");
        }
        return paidTender(wish, known)
                .map(tender ->
                        exceeds(wish, known, tender)
                                ? exceeded(known, tender)
                                : made(wish, wish.amount(), tender.account(), place))
                .orElseGet(Refunding::noSuchTender);
    }

    private static Optional<Tender> paidTender(GivingBack wish, Known known) {
        RefundOf of = wish.of();
        Payment order = known.order();
        if (of == null || of.tender() == null || order == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(order.tender(of.tender()))
                .filter(it -> it.counts() && !it.refund() && it.kind() == wish.kind());
    }

    private static Decided noSuchTender() {
        return Decided.no(Refusal.NO_SUCH_TENDER, "say which tender of the order it was paid with");
    }

    private static boolean exceeds(GivingBack wish, Known known, Tender tender) {
        return known.refundedOf().plus(wish.amount()).compareTo(tender.amount()) > 0;
    }

    private static Decided exceeded(Known known, Tender tender) {
        return Decided.no(
                Refusal.NOT_PAID_SO,
                "%s was paid so, of which %s has gone back"
                        .formatted(tender.amount(), known.refundedOf()));
    }

    private static Decided made(
            GivingBack wish, Money paid, @Nullable String account, Place place) {
        return Decided.happens(
                new RefundMade(
                        wish.order(),
                        wish.tender(),
                        wish.kind(),
                        wish.amount(),
                        paid,
                        account,
                        wish.of(),
                        place,
                        wish.by()));
    }

    private static Money rounded(Money amount, Money step) {
        return amount.plus(CashRounding.difference(amount, step));
    }

    /// Shares an amount over what an order was paid with: cards and accounts first, the last one first, so that cash goes back only where
    /// cash came in.
    ///
    /// @param free what of each tender has not gone back
    /// @param freeCash the same of the order's cash
    /// @param freeVouchers the same of its vouchers and coupons
    static List<RefundPart> plan(
            Payment order,
            Money amount,
            List<RefundPart> free,
            Money freeCash,
            Money freeVouchers) {
        List<RefundPart> parts = new ArrayList<>();
        Money left = amount;
        List<RefundPart> all = new ArrayList<>(free.reversed());
        all.add(
                new RefundPart(
                        TenderKind.VOUCHER, freeVouchers, new RefundOf(order.order(), null)));
        all.add(new RefundPart(TenderKind.CASH, freeCash, new RefundOf(order.order(), null)));
        for (RefundPart part : all) {
            Money one = left.min(part.amount());
            if (one.isPositive()) {
                parts.add(new RefundPart(part.kind(), one, part.of()));
                left = left.minus(one);
            }
        }
        return List.copyOf(parts);
    }
}
