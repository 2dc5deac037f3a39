package dev.skerry.app.replay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which stores have a bad line, and on which of their days it is cut. Spread evenly, and the same each time.
///
/// @param stores the share of stores, as
/// @param ofStores of so many
/// @param days the share of their business days, as
/// @param ofDays of so many
public record Cut(int stores, int ofStores, int days, int ofDays) {

    public static final Cut NONE = new Cut(0, 1, 0, 1);

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,4})/(\\d{1,4}):(\\d{1,4})/(\\d{1,4})");

    /// @param text such as `1/3:1/2`: a third of the stores, on half of their days
    /// @return empty if it is none
    public static Optional<Cut> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Cut cut =
                new Cut(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)));
        return cut.stores <= cut.ofStores
                        && cut.days <= cut.ofDays
                        && cut.ofStores > 0
                        && cut.ofDays > 0
                ? Optional.of(cut)
                : Optional.empty();
    }

    /// @param store from 0
    /// @param day from 0
    boolean holds(int store, int day) {
        return isOne(store, stores, ofStores) && isOne(day, days, ofDays);
    }

    private static boolean isOne(int nth, long share, long of) {
        return (nth + 1) * share / of > nth * share / of;
    }
}
