package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.CardNumbers;
import java.time.Duration;
import java.util.Currency;
import java.util.List;

/// What a chain decides about payments.
///
/// @param cashStep what is paid in cash is a multiple of it, such as 0.05; one minor unit for no rounding
/// @param changeMax more change than this is a mistake: a barcode in the field of the amount
/// @param giftCardOfflineMax what may be taken from one gift card in one store while HQ cannot be asked, in all
/// @param giftCardPrefixes numbers that begin so are gift cards, though they may look like payment cards
/// @param blindCount who counts a drawer is not told before what should be in it
public record PaymentsPolicy(
        Currency currency,
        Money cashStep,
        Money changeMax,
        OfflineLimits offline,
        Money giftCardOfflineMax,
        List<String> giftCardPrefixes,
        boolean blindCount) {

    public PaymentsPolicy {
        giftCardPrefixes = List.copyOf(giftCardPrefixes);
        if (!cashStep.isPositive()) {
            throw new IllegalArgumentException("cashStep is above 0, not " + cashStep);
        }
        for (Money amount :
                List.of(
                        cashStep,
                        changeMax,
                        giftCardOfflineMax,
                        offline.perSaleMax(),
                        offline.storedTotalMax())) {
            if (!amount.currency().equals(currency)) {
                throw new IllegalArgumentException(
                        amount + " is not in the store's currency, " + currency);
            }
        }
    }

    /// For a shop that has not decided: no cash rounding, 50 by card offline, 25 by gift card.
    public static PaymentsPolicy standard(Currency currency) {
        long major = Math.powExact(10L, currency.getDefaultFractionDigits());
        return new PaymentsPolicy(
                currency,
                new Money(1, currency),
                new Money(500 * major, currency),
                new OfflineLimits(
                        new Money(50 * major, currency),
                        200,
                        new Money(5_000 * major, currency),
                        Duration.ofDays(3)),
                new Money(25 * major, currency),
                List.of(),
                false);
    }

    public PaymentsPolicy withCashStep(Money step) {
        return new PaymentsPolicy(
                currency,
                step,
                changeMax,
                offline,
                giftCardOfflineMax,
                giftCardPrefixes,
                blindCount);
    }

    public PaymentsPolicy withOffline(OfflineLimits limits) {
        return new PaymentsPolicy(
                currency,
                cashStep,
                changeMax,
                limits,
                giftCardOfflineMax,
                giftCardPrefixes,
                blindCount);
    }

    public PaymentsPolicy withGiftCardPrefixes(List<String> prefixes) {
        return new PaymentsPolicy(
                currency, cashStep, changeMax, offline, giftCardOfflineMax, prefixes, blindCount);
    }

    public PaymentsPolicy withBlindCount(boolean blind) {
        return new PaymentsPolicy(
                currency,
                cashStep,
                changeMax,
                offline,
                giftCardOfflineMax,
                giftCardPrefixes,
                blind);
    }

    /// Whether this is taken for the number of a gift card, and not of a payment card.
    boolean isGiftCard(String number) {
        return giftCardPrefixes.stream().anyMatch(number::startsWith) || !CardNumbers.isIn(number);
    }
}
