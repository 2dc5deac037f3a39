package dev.skerry.language.gs1;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a chain's scales and counters make barcodes: what stands where, by the code's first two digits. Immutable.
///
/// A layout is written as the 13 places of the code: two digits, then `I` for the article, `V` for the digit that guards price or
/// weight, `P` for the price, `W` for the weight, and at the end `C` for the check digit of all. Behind a slash may stand how many
/// decimals price or weight has; without it a price has those of the currency, and a weight three: `29IIIIVWWWWWC/3`.
public final class InStoreLayouts {

    private static final Pattern LAYOUT = Pattern.compile("(02|2\\d)(I+)(V?)(P+|W+)C(?:/(\\d))?");

    private static final int LENGTH = 13;

    private final Map<String, Layout> layouts;

    private record Layout(
            String prefix,
            int itemDigits,
            boolean guarded,
            boolean price,
            int valueDigits,
            int decimals) {}

    private InStoreLayouts(Map<String, Layout> layouts) {
        this.layouts = Map.copyOf(layouts);
    }

    /// Prices as in North America under 02, a weight under 21, a price under 23, and both with their guard under 28 and 29. Codes of
    /// other prefixes name an article and say no more.
    public static InStoreLayouts standard() {
        return of(
                List.of(
                        "02IIIIIVPPPPC",
                        "21IIIIIWWWWWC",
                        "23IIIIIPPPPPC",
                        "28IIIIVPPPPPC",
                        "29IIIIVWWWWWC"));
    }

    /// @throws IllegalArgumentException saying which layout is wrong
    public static InStoreLayouts of(List<String> layouts) {
        Map<String, Layout> all = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String text : layouts) {
            Matcher matcher = LAYOUT.matcher(text);
            if (!matcher.matches() || text.split("/", -1)[0].length() != LENGTH) {
                wrong.add(text);
                continue;
            }
            boolean price = matcher.group(4).charAt(0) == 'P';
            int digits = matcher.group(4).length();
            boolean guarded = !matcher.group(3).isEmpty();
            String decimals = matcher.group(5);
            Layout layout =
                    new Layout(
                            matcher.group(1),
                            matcher.group(2).length(),
                            guarded,
                            price,
                            digits,
                            decimals != null ? Integer.parseInt(decimals) : price ? -1 : 3);
            if ((guarded && digits != 4 && digits != 5)
                    || (!price && layout.decimals > 3)
                    || all.put(layout.prefix, layout) != null) {
                wrong.add(text);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "a layout of in-store codes has 13 places such as 28IIIIVPPPPPC, one for each prefix of 02 and 20 to 29,"
                            + " a V only before 4 or 5 digits, and a weight at most 3 decimals; not so: "
                            + String.join(", ", wrong));
        }
        return new InStoreLayouts(all);
    }

    /// What a code of a store's own says.
    ///
    /// @return empty if it is not one of these layouts
    public Optional<InStoreCode> read(Gtin code) {
        if (code.digits().charAt(0) != '0') {
            return Optional.empty();
        }
        String digits = code.digits().substring(1);
        Layout layout = layouts.get(digits.substring(0, 2));
        return layout == null ? Optional.empty() : Optional.of(read(digits, layout));
    }

    private static InStoreCode read(String digits, Layout layout) {
        int itemEnd = 2 + layout.itemDigits;
        int valueStart = itemEnd + (layout.guarded ? 1 : 0);
        String item = digits.substring(2, itemEnd);
        String value = digits.substring(valueStart, valueStart + layout.valueDigits);
        if (layout.guarded && PriceCheckDigit.of(value) != digits.charAt(itemEnd) - '0') {
            return new InStoreCode.Misread(
                    layout.price
                            ? "the price's own check digit is wrong"
                            : "the weight's own check digit is wrong");
        }
        String blank = digits.substring(0, itemEnd) + "0".repeat(LENGTH - 1 - itemEnd);
        Gtin listed = Gtin.parse(blank + Gtin.checkDigit(blank));
        long number = Long.parseLong(value);
        if (layout.price) {
            return new InStoreCode.Priced(item, number, layout.decimals, listed);
        }
        long thousandths = number;
        for (int i = layout.decimals; i < 3; i++) {
            thousandths *= 10;
        }
        return new InStoreCode.Weighed(item, new Quantity(thousandths), listed);
    }

    @Override
    public String toString() {
        return "in-store codes " + layouts.values();
    }
}
