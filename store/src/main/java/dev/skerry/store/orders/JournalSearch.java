package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.ReceiptNumber;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is looked for among the paid orders. What is empty or null does not matter; all of the rest has to fit.
///
/// @param from the first business day
/// @param until the last, at most [#DAYS_MAX] with the first
/// @param text in the number of the receipt, whole or as `till-1-0042`, in the number or name of an article, or in what the customer or guest is called
/// @param amount the total of a receipt, or what that came to in cash; paid or paid back
/// @param card the last four digits
/// @param since store-local time of the payment, to the minute
/// @param before likewise, that minute not among them
/// @param older the id of an order: those that were paid before it
/// @param max how many, the last first
public record JournalSearch(
        LocalDate from,
        LocalDate until,
        String text,
        @Nullable String till,
        @Nullable String cashier,
        @Nullable Money amount,
        @Nullable String card,
        @Nullable LocalTime since,
        @Nullable LocalTime before,
        @Nullable String older,
        int max) {

    /// More is not searched at once: a busy store sells half a gigabyte of receipts in that time.
    public static final int DAYS_MAX = 31;

    /// The most that are listed at once.
    public static final int LISTED_MAX = 500;

    private static final Pattern ASCII = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]+");
    private static final Pattern FOUR_DIGITS = Pattern.compile("\\d{4}");

    public JournalSearch {
        text = text.strip();
        if (until.isBefore(from) || until.isAfter(from.plusDays(DAYS_MAX - 1))) {
            throw new IllegalArgumentException(
                    "the days searched are 1 to %d, not %s to %s".formatted(DAYS_MAX, from, until));
        }
        if (card != null && !FOUR_DIGITS.matcher(card).matches()) {
            throw new IllegalArgumentException("of a card the last four digits are searched");
        }
        if (max < 1 || max > LISTED_MAX) {
            throw new IllegalArgumentException("1 to %d are listed".formatted(LISTED_MAX));
        }
    }

    /// All of a business day, as many as are listed at once.
    public static JournalSearch of(LocalDate day, String text) {
        return new JournalSearch(
                day, day, text, null, null, null, null, null, null, null, LISTED_MAX);
    }

    /// The longest part of the text that a database finds whatever the case is; empty if there is none.
    String plainText() {
        String longest = "";
        Matcher found = ASCII.matcher(text);
        while (found.find()) {
            if (found.group().length() > longest.length()) {
                longest = found.group();
            }
        }
        return longest.toLowerCase(Locale.ROOT);
    }

    /// Whether an order fits whose day, till, cashier and time do.
    boolean fits(Order order) {
        return (amount == null
                        || isAmount(order.total())
                        || isAmount(order.total().plus(order.rounding())))
                && (text.isEmpty() || isSaidBy(order))
                && (card == null
                        || order.tenders().stream()
                                .anyMatch(it -> it.detail() != null && it.detail().endsWith(card)));
    }

    private boolean isAmount(Money money) {
        return amount != null && Math.abs(money.minor()) == Math.abs(amount.minor());
    }

    private boolean isSaidBy(Order order) {
        ReceiptNumber receipt = order.receipt();
        return says(receipt.toString())
                || says("%s-%04d".formatted(receipt.till(), receipt.sequence()))
                || says(order.id())
                || says(order.customer())
                || says(order.number())
                || says(order.name())
                || order.lines().stream().anyMatch(it -> says(it.sku().value()) || says(it.name()));
    }

    private boolean says(@Nullable String part) {
        return part != null
                && part.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
