package dev.skerry.language.printing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.payments.TenderTakings;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document of the cash office: a title, rows, and lines to sign on.
///
/// @param kind gives the title in the printer's language
/// @param title under that of the kind, or instead where the kind is `OTHER`; empty for none
/// @param number of the document, such as a Z report's; null if it has none
/// @param at store-local time
/// @param by the person
/// @param signatures what stands under each line to sign on
/// @param drawer the cash drawer opens
public record Slip(
        Kind kind,
        String title,
        @Nullable String number,
        LocalDateTime at,
        String by,
        String device,
        List<Row> rows,
        List<String> signatures,
        boolean drawer) {

    public enum Kind {
        X_REPORT,
        Z_REPORT,
        PAID_IN,
        PAID_OUT,
        FLOAT,
        PICK_UP,
        NO_SALE,
        OTHER
    }

    public enum Style {
        NORMAL,
        /// Begins a part.
        HEADING,
        TOTAL
    }

    public Slip {
        rows = List.copyOf(rows);
        signatures = List.copyOf(signatures);
    }

    /// What was taken, by tender, and all together.
    public static List<Row> takings(List<TenderTakings> takings, Currency currency) {
        List<Row> rows = new ArrayList<>(List.of(Row.heading("row.takings")));
        Money sum = Money.zero(currency);
        for (TenderTakings one : takings) {
            rows.add(Row.of("tender." + one.kind(), one.count(), one.received()));
            if (!one.refunded().isZero()) {
                rows.add(Row.of("row.refunded", one.refunded().negated()));
            }
            sum = sum.plus(one.net());
        }
        rows.add(Row.total("row.sum", sum));
        return rows;
    }

    /// @param label in words, or the key of words that the printer's language has
    /// @param count how many; null if nothing was counted
    /// @param text at the right; null if there is an amount, or nothing
    /// @param amount at the right; null if there is a text, or nothing
    public record Row(
            String label,
            @Nullable Quantity count,
            @Nullable String text,
            @Nullable Money amount,
            Style style) {

        public static Row heading(String label) {
            return new Row(label, null, null, null, Style.HEADING);
        }

        public static Row of(String label, String text) {
            return new Row(label, null, text, null, Style.NORMAL);
        }

        public static Row of(String label, Money amount) {
            return new Row(label, null, null, amount, Style.NORMAL);
        }

        public static Row of(String label, long count, Money amount) {
            return new Row(label, Quantity.of(count), null, amount, Style.NORMAL);
        }

        public static Row total(String label, Money amount) {
            return new Row(label, null, null, amount, Style.TOTAL);
        }
    }
}
