package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaidTender;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.PaymentCompleted;
import dev.skerry.language.payments.PaymentEvent.TenderApproved;
import dev.skerry.language.payments.PaymentEvent.TenderDeclined;
import dev.skerry.language.payments.PaymentEvent.TenderRequested;
import dev.skerry.language.payments.PaymentEvent.TenderStored;
import dev.skerry.language.payments.PaymentEvent.TenderTaken;
import dev.skerry.language.payments.PaymentEvent.TenderUnknown;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.TenderKind;
import dev.skerry.pricing.CashRounding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what is taken for an order, and when it is paid. Pure.
final class Taking {

    private Taking() {}

    /// What has to be known beside the payment itself.
    ///
    /// @param lying by card, without an answer from the acquirer
    /// @param giftCardOffline taken from this gift card without asking HQ, and not booked there yet
    /// @param giftCardBlocked as far as the store knows
    /// @param voucher what the store knows of it; null if nothing
    record Known(
            OfflineLimits.Lying lying,
            Money giftCardOffline,
            boolean giftCardBlocked,
            @Nullable Voucher voucher,
            Instant now) {}

    /// A voucher that was given out here, or taken here.
    ///
    /// @param worth null if it was given out elsewhere
    /// @param usedBy the tender that took it; null if none has
    record Voucher(@Nullable Money worth, @Nullable String usedBy) {}

    static Decided offer(
            Payment payment, Offer offer, Place place, Known known, PaymentsPolicy policy) {
        if (payment.state() != Payment.State.OPEN) {
            return Decided.no(
                    Refusal.NOT_OPEN, "the payment is " + payment.state() + "; nothing is taken");
        }
        if (payment.due().isNegative()) {
            return Decided.no(
                    Refusal.NOT_OPEN, "money goes back for this order; use a refund, not a tender");
        }
        if (payment.tenders().size() >= Payment.TENDERS_MAX) {
            return Decided.no(
                    Refusal.TOO_MANY_TENDERS,
                    "a payment has at most " + Payment.TENDERS_MAX + " tenders");
        }
        Money asked = offer.amount();
        if (asked != null && !asked.currency().equals(policy.currency())) {
            return Decided.no(
                    Refusal.WRONG_CURRENCY, "this store takes " + policy.currency() + " only");
        }
        if (offer.kind() == TenderKind.CASH) {
            return cash(payment, offer, place, policy);
        }
        Money amount = asked == null ? payment.free() : asked;
        if (!amount.isPositive()) {
            return asked == null
                    ? Decided.no(
                            Refusal.STILL_ASKING,
                            "all that is left is being asked for; wait for the answer")
                    : Decided.no(Refusal.WRONG_AMOUNT, "an amount is above 0, not " + amount);
        }
        String account = offer.account();
        if (offer.kind() == TenderKind.CARD) {
            return account != null
                    ? Decided.no(
                            Refusal.CARD_NUMBER,
                            "a card is read by the terminal only; send no account with it")
                    : tooMuch(payment, amount)
                            .orElseGet(() ->
                                    requested(
                                            offer,
                                            amount,
                                            policy.offline()
                                                    .allow(amount, known.lying(), known.now()),
                                            place));
        }
        if (account == null) {
            return Decided.no(Refusal.NO_ACCOUNT, offer.kind() + " needs an account");
        }
        if (!policy.isGiftCard(account)) {
            return Decided.no(
                    Refusal.CARD_NUMBER,
                    "the account looks like the number of a payment card, which must not enter the system");
        }
        return switch (offer.kind()) {
            case GIFT_CARD ->
                    tooMuch(payment, amount)
                            .orElseGet(() ->
                                    requested(
                                            offer,
                                            amount,
                                            !known.giftCardBlocked()
                                                    && known.giftCardOffline()
                                                                    .plus(amount)
                                                                    .compareTo(
                                                                            policy
                                                                                    .giftCardOfflineMax())
                                                            <= 0,
                                            place));
            case ON_ACCOUNT ->
                    tooMuch(payment, amount).orElseGet(() -> taken(offer, amount, null, place));
            case MANUFACTURER_COUPON -> worth(payment, offer, amount, place);
            case VOUCHER -> voucher(payment, offer, amount, place, known.voucher());
            case CASH, CARD -> throw new IllegalStateException("decided above");
        };
    }

    private static Decided cash(Payment payment, Offer offer, Place place, PaymentsPolicy policy) {
        if (place.shift() == null && !place.late()) {
            return Decided.no(
                    Refusal.NO_SHIFT,
                    "cash goes into the drawer of a shift; open one at this till");
        }
        boolean asking = payment.asking().isPositive();
        Money handed = offer.amount() == null ? payment.cashDue() : offer.amount();
        if (asking
                && (offer.amount() == null
                        || handed.compareTo(
                                        rounded(
                                                payment.left().minus(payment.asking()),
                                                policy.cashStep()))
                                >= 0)) {
            return Decided.no(
                    Refusal.STILL_ASKING,
                    "another tender waits for its answer; wait for it, or withdraw it");
        }
        // Coins cannot pay one cent where they are not used: then nothing is handed over, and only
        // rounding pays.
        boolean nothing = handed.isZero() && payment.cashDue().isZero() && payment.onlyCash();
        if (!handed.isPositive() && !nothing) {
            return Decided.no(Refusal.WRONG_AMOUNT, "cash is above 0, not " + handed);
        }
        if (handed.minus(payment.left()).compareTo(policy.changeMax()) > 0) {
            return Decided.no(
                    Refusal.TOO_MUCH,
                    "%s for %s is more change than %s; is the amount right?"
                            .formatted(handed, payment.cashDue(), policy.changeMax()));
        }
        return taken(offer, handed, null, place);
    }

    private static Optional<Decided> tooMuch(Payment payment, Money amount) {
        return amount.compareTo(payment.free()) <= 0
                ? Optional.empty()
                : Optional.of(
                        Decided.no(
                                Refusal.TOO_MUCH,
                                "%s is left, and only cash gives change"
                                        .formatted(payment.free())));
    }

    private static Decided requested(Offer offer, Money amount, boolean mayStore, Place place) {
        return Decided.happens(
                new TenderRequested(
                        offer.order(),
                        offer.tender(),
                        offer.kind(),
                        amount,
                        offer.account(),
                        mayStore,
                        place,
                        offer.by()));
    }

    private static Decided taken(Offer offer, Money amount, @Nullable Money face, Place place) {
        return Decided.happens(
                new TenderTaken(
                        offer.order(),
                        offer.tender(),
                        offer.kind(),
                        amount,
                        offer.account(),
                        face,
                        place,
                        offer.by()));
    }

    /// What is worth more than is left pays what is left; the rest is lost, because it gives no change.
    private static Decided worth(Payment payment, Offer offer, Money worth, Place place) {
        Money amount = worth.min(payment.free());
        if (!amount.isPositive()) {
            return Decided.no(
                    Refusal.STILL_ASKING,
                    "all that is left is being asked for; wait for the answer");
        }
        return taken(offer, amount, amount.equals(worth) ? null : worth, place);
    }

    private static Decided voucher(
            Payment payment, Offer offer, Money worth, Place place, @Nullable Voucher voucher) {
        if (voucher != null && voucher.usedBy() != null) {
            return Decided.no(Refusal.VOUCHER_USED, "this voucher has been taken before");
        }
        if (voucher != null && voucher.worth() != null && !voucher.worth().equals(worth)) {
            return Decided.no(Refusal.VOUCHER_WORTH, "this voucher is worth " + voucher.worth());
        }
        return worth(payment, offer, worth, place);
    }

    private static Money rounded(Money amount, Money step) {
        return amount.plus(CashRounding.difference(amount, step));
    }

    /// What follows from an answer to a tender that was asked for.
    ///
    /// @param place where it counts now
    static PaymentEvent answered(Tender tender, Authorization answer, Place place) {
        return switch (answer) {
            case Authorization.Approved(String code, Money amount, var card) ->
                    fits(amount, tender)
                            ? new TenderApproved(
                                    tender.order(),
                                    tender.id(),
                                    tender.kind(),
                                    amount,
                                    code,
                                    card,
                                    place)
                            : unknown(tender);
            case Authorization.Declined(String reason) -> declined(tender, reason);
            case Authorization.Stored(String reference, Money amount, var card) ->
                    tender.mayStore() && amount.equals(tender.amount())
                            ? new TenderStored(
                                    tender.order(),
                                    tender.id(),
                                    tender.kind(),
                                    amount,
                                    reference,
                                    tender.account(),
                                    card,
                                    place)
                            : unknown(tender);
            case Authorization.OutOfReach() ->
                    tender.kind() == TenderKind.GIFT_CARD && tender.mayStore()
                            ? new TenderStored(
                                    tender.order(),
                                    tender.id(),
                                    tender.kind(),
                                    tender.amount(),
                                    tender.id(),
                                    tender.account(),
                                    null,
                                    place)
                            : declined(
                                    tender,
                                    "nobody can be asked now, and it is not allowed without");
            case Authorization.Unknown _ -> unknown(tender);
        };
    }

    private static boolean fits(Money amount, Tender tender) {
        return amount.currency().equals(tender.amount().currency())
                && amount.isPositive()
                && amount.compareTo(tender.amount()) <= 0;
    }

    private static PaymentEvent declined(Tender tender, String reason) {
        return new TenderDeclined(tender.order(), tender.id(), tender.kind(), reason);
    }

    private static PaymentEvent unknown(Tender tender) {
        return new TenderUnknown(tender.order(), tender.id(), tender.kind(), tender.amount());
    }

    /// Whether everything is there, or went back.
    ///
    /// @param handed the cash that was just handed over; null if none was
    static Optional<PaymentCompleted> completion(
            Payment payment, @Nullable Money handed, Place place, String by, Money cashStep) {
        if (payment.state() != Payment.State.OPEN || payment.asking().isPositive()) {
            return Optional.empty();
        }
        Money zero = Money.zero(payment.due().currency());
        if (handed == null) {
            return payment.left().isZero()
                    ? Optional.of(completed(payment, zero, cashRefundRounding(payment), place, by))
                    : Optional.empty();
        }
        Money before = payment.left().plus(handed);
        Money rounding = CashRounding.difference(before, cashStep);
        Money change = handed.minus(before.plus(rounding));
        return change.isNegative()
                ? Optional.empty()
                : Optional.of(completed(payment, change, rounding, place, by));
    }

    private static PaymentCompleted completed(
            Payment payment, Money change, Money rounding, Place place, String by) {
        List<PaidTender> tenders =
                payment.tenders().stream().filter(Tender::counts).map(Tender::forReceipt).toList();
        return new PaymentCompleted(
                payment.order(), payment.due(), tenders, change, rounding, place, by);
    }

    private static Money cashRefundRounding(Payment payment) {
        return Stream.concat(
                        Stream.of(Money.zero(payment.due().currency())),
                        payment.tenders().stream()
                                .filter(it -> it.refund() && it.counts())
                                .map(it -> it.amount().minus(it.paid())))
                .reduce(Money::plus)
                .orElseThrow();
    }
}
