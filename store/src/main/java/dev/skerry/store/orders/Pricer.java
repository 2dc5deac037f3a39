package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.orders.Order.BookVersions;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderTax;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What orders ask of prices and promotions.
@FunctionalInterface
public interface Pricer {

    /// Always the same for the same.
    ///
    /// @param at in the store's zone: a moment, because a local time comes twice in autumn
    Priced price(Basket basket, ZonedDateTime at);

    /// What a basket costs.
    ///
    /// @param lines by the id of the line; what is not there has no price, and cannot be sold
    /// @param points earned
    /// @param hints for the cashier, such as that a gift may be scanned
    /// @param pointsSpent for rewards; null if none are
    record Priced(
            Map<String, PricedLine> lines,
            List<OrderDiscount> discounts,
            List<OrderTax> taxes,
            Money total,
            boolean taxIncluded,
            BookVersions versions,
            boolean exact,
            long points,
            List<String> couponsUsed,
            List<String> hints,
            @Nullable Long pointsSpent) {

        public Priced {
            // In their order, so that the same is always written alike.
            lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
            discounts = List.copyOf(discounts);
            taxes = List.copyOf(taxes);
            couponsUsed = List.copyOf(couponsUsed);
            hints = List.copyOf(hints);
        }

        /// Of an empty basket.
        public static Priced nothing(Currency currency) {
            return new Priced(
                    Map.of(),
                    List.of(),
                    List.of(),
                    Money.zero(currency),
                    true,
                    new BookVersions("", ""),
                    true,
                    0,
                    List.of(),
                    List.of(),
                    null);
        }
    }

    /// As in [dev.skerry.language.orders.OrderLine].
    ///
    /// @param regularPrice of one, where nobody has overridden it
    record PricedLine(
            Money regularPrice,
            Money unitPrice,
            String priceSource,
            Money gross,
            Money net,
            List<Money> units,
            List<OrderDiscount> discounts,
            @Nullable String note) {

        public PricedLine {
            units = List.copyOf(units);
            discounts = List.copyOf(discounts);
        }
    }
}
