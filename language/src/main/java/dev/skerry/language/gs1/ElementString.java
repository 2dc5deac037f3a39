package dev.skerry.language.gs1;

import dev.skerry.language.Gtin;
import dev.skerry.language.Quantity;
import dev.skerry.language.catalog.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The elements of one barcode (GS1 General Specifications, 3 and 7.8): application identifiers with their values. What a till relies
/// on has been checked: GTIN, dates, measures, amounts, counts.
public final class ElementString {

    /// What stands between a value of varying length and the next element.
    static final char FNC1 = '\u001D';

    /// What came of reading.
    public sealed interface Parsed {
        record Read(ElementString content) implements Parsed {}

        /// @param why for people
        record Malformed(String why) implements Parsed {}
    }

    /// How much there is of it.
    public record Measure(Quantity quantity, Unit unit) {}

    /// What it costs, all of it.
    ///
    /// @param currency null: that of the store
    public record Price(BigDecimal amount, @Nullable Currency currency) {}

    /// Inside of this class only: ends the reading.
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String why) {
            super(why, null, false, false);
        }
    }

    private static final Pattern BRACKETED = Pattern.compile("\\((\\d{2,4})\\)");

    /// The year and the day of the month of a date are both two digits; a year is the one nearest to today: 7.12.
    private static final int CENTURY_SPAN = 50;

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(Quantity.THOUSANDTHS);

    private final SequencedMap<String, String> values;
    private final @Nullable Gtin gtin;
    private final @Nullable LocalDateTime sellBefore;
    private final @Nullable LocalDate bestBefore;
    private final @Nullable Measure measure;
    private final @Nullable Price price;
    private final OptionalInt count;

    private ElementString(SequencedMap<String, String> values, LocalDate today) {
        this.values = values;
        this.gtin = readGtin();
        this.sellBefore = readSellBefore(today);
        this.bestBefore = readDate("15", today);
        this.measure = readMeasure();
        this.price = readPrice();
        this.count = readCount();
    }

    /// Reads values in the order of their identifiers.
    static Parsed of(SequencedMap<String, String> values, LocalDate today) {
        try {
            return new Parsed.Read(new ElementString(new LinkedHashMap<>(values), today));
        } catch (Wrong e) {
            return new Parsed.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Reads what a scanner sends.
    ///
    /// @param text with FNC1 as GS where it has to be; one at the beginning or the end does no harm
    static Parsed separated(String text, LocalDate today) {
        try {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            int at = 0;
            while (at < text.length()) {
                if (text.charAt(at) == FNC1) {
                    at++;
                    continue;
                }
                String ai = identifier(text, at);
                at += ai.length();
                int length = ApplicationIdentifiers.predefinedLength(ai);
                int separator = text.indexOf(FNC1, at);
                int end = separator < 0 ? text.length() : separator;
                if (length > 0) {
                    if (end - at < length) {
                        throw new Wrong("(%s) has %d characters".formatted(ai, length));
                    }
                    end = at + length;
                }
                put(values, ai, text.substring(at, end));
                at = end;
            }
            return of(values, today);
        } catch (Wrong e) {
            return new Parsed.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Reads what people write: each identifier in brackets.
    static Parsed bracketed(String text, LocalDate today) {
        try {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            Matcher matcher = BRACKETED.matcher(text);
            String ai = null;
            int from = 0;
            // A bracket may be part of a value: only one with an identifier in it begins the next.
            for (int at = 0; matcher.find(at); at = matcher.end()) {
                String found = matcher.group(1);
                if (!isIdentifier(found)) {
                    continue;
                }
                if (ai != null) {
                    put(values, ai, text.substring(from, matcher.start()));
                } else if (matcher.start() > 0) {
                    throw new Wrong("it begins with no application identifier that exists");
                }
                ai = found;
                from = matcher.end();
            }
            if (ai == null) {
                throw new Wrong("it begins with no application identifier that exists");
            }
            put(values, ai, text.substring(from));
            return of(values, today);
        } catch (Wrong e) {
            return new Parsed.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Whether an application identifier could be this.
    static boolean isIdentifier(String text) {
        return text.length() >= 2
                && text.chars().allMatch(it -> it >= '0' && it <= '9')
                && ApplicationIdentifiers.digits(text.substring(0, 2)) == text.length();
    }

    private static String identifier(String text, int at) {
        String start = text.substring(at, Math.min(at + 2, text.length()));
        int digits = ApplicationIdentifiers.digits(start);
        String ai = text.substring(at, Math.min(at + Math.max(digits, 2), text.length()));
        if (!isIdentifier(ai)) {
            throw new Wrong("there is no application identifier " + ai);
        }
        return ai;
    }

    private static void put(SequencedMap<String, String> values, String ai, String value) {
        int length = ApplicationIdentifiers.predefinedLength(ai);
        if (value.isEmpty()
                || value.length() > ApplicationIdentifiers.lengthMax(ai)
                || (length > 0 && value.length() != length)) {
            throw new Wrong("(%s) does not have %d characters".formatted(ai, value.length()));
        }
        if (!value.chars().allMatch(it -> it >= 0x20 && it < 0x7F)) {
            throw new Wrong("(%s) has a character that no code has".formatted(ai));
        }
        String before = values.put(ai, value);
        if (before != null && !before.equals(value)) {
            throw new Wrong("(%s) is there twice".formatted(ai));
        }
    }

    // ---- what it says

    /// All values by their identifiers, in their order.
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /// AI 01: what it is.
    public Optional<Gtin> gtin() {
        return Optional.ofNullable(gtin);
    }

    /// AI 10: the batch it comes from.
    public Optional<String> lot() {
        return Optional.ofNullable(values.get("10"));
    }

    /// AI 21: which one of all it is.
    public Optional<String> serial() {
        return Optional.ofNullable(values.get("21"));
    }

    /// AI 17 (use by), 16 (sell by) and 7003 (use by, with a time): from then on it must not be sold. A day counts to its end.
    public Optional<LocalDateTime> sellBefore() {
        return Optional.ofNullable(sellBefore);
    }

    /// AI 15: the last day on which it is as good as promised. It may be sold later.
    public Optional<LocalDate> bestBefore() {
        return Optional.ofNullable(bestBefore);
    }

    /// AI 310n (kilograms), 311n (metres), 315n (litres): how much of it there is, rounded to thousandths.
    public Optional<Measure> measure() {
        return Optional.ofNullable(measure);
    }

    /// AI 392n, or 393n with its currency: what all of it costs.
    public Optional<Price> price() {
        return Optional.ofNullable(price);
    }

    /// AI 30: how many pieces there are of it.
    public OptionalInt count() {
        return count;
    }

    // ---- reading

    private @Nullable Gtin readGtin() {
        String digits = values.get("01");
        if (digits == null) {
            return null;
        }
        if (!Gtin.isGtin(digits)) {
            throw new Wrong("(01) is no GTIN: its check digit is wrong");
        }
        return Gtin.parse(digits);
    }

    private @Nullable LocalDateTime readSellBefore(LocalDate today) {
        LocalDateTime earliest = null;
        for (String ai : new String[] {"16", "17"}) {
            LocalDate day = readDate(ai, today);
            if (day != null) {
                earliest = earlier(earliest, day.plusDays(1).atStartOfDay());
            }
        }
        String moment = values.get("7003");
        if (moment != null) {
            digits("7003", moment, 10);
            LocalDate day = date("7003", moment.substring(0, 6), today);
            try {
                earliest =
                        earlier(
                                earliest,
                                day.atTime(
                                        Integer.parseInt(moment.substring(6, 8)),
                                        Integer.parseInt(moment.substring(8))));
            } catch (DateTimeException e) {
                throw new Wrong("(7003) is no time: " + moment);
            }
        }
        return earliest;
    }

    private static LocalDateTime earlier(@Nullable LocalDateTime one, LocalDateTime other) {
        return one != null && one.isBefore(other) ? one : other;
    }

    private @Nullable LocalDate readDate(String ai, LocalDate today) {
        String text = values.get(ai);
        return text == null ? null : date(ai, text, today);
    }

    private static LocalDate date(String ai, String text, LocalDate today) {
        digits(ai, text, 6);
        int year = century(Integer.parseInt(text.substring(0, 2)), today.getYear());
        int month = Integer.parseInt(text.substring(2, 4));
        int day = Integer.parseInt(text.substring(4));
        try {
            YearMonth inMonth = YearMonth.of(year, month);
            return day == 0 ? inMonth.atEndOfMonth() : inMonth.atDay(day);
        } catch (DateTimeException e) {
            throw new Wrong("(%s) is no date: %s".formatted(ai, text));
        }
    }

    private static int century(int twoDigits, int now) {
        int year = now - now % 100 + twoDigits;
        int ahead = twoDigits - now % 100;
        return ahead > CENTURY_SPAN ? year - 100 : ahead <= -CENTURY_SPAN ? year + 100 : year;
    }

    private @Nullable Measure readMeasure() {
        for (Map.Entry<String, String> element : values.entrySet()) {
            String ai = element.getKey();
            Unit unit =
                    ai.length() != 4
                            ? null
                            : switch (ai.substring(0, 3)) {
                                case "310" -> Unit.KILOGRAM;
                                case "311" -> Unit.METRE;
                                case "315" -> Unit.LITRE;
                                default -> null;
                            };
            if (unit != null) {
                BigDecimal thousandths =
                        amount(ai, element.getValue())
                                .multiply(THOUSAND)
                                .setScale(0, RoundingMode.HALF_UP);
                return new Measure(new Quantity(thousandths.longValueExact()), unit);
            }
        }
        return null;
    }

    private @Nullable Price readPrice() {
        for (Map.Entry<String, String> element : values.entrySet()) {
            String ai = element.getKey();
            String value = element.getValue();
            if (ai.length() == 4 && ai.startsWith("392")) {
                return new Price(amount(ai, value), null);
            }
            if (ai.length() == 4 && ai.startsWith("393")) {
                if (value.length() < 4) {
                    throw new Wrong("(%s) has a currency and an amount".formatted(ai));
                }
                return new Price(
                        amount(ai, value.substring(3)), currency(ai, value.substring(0, 3)));
            }
        }
        return null;
    }

    private static Currency currency(String ai, String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(it -> it.getNumericCodeAsString().equals(code))
                .filter(it -> it.getDefaultFractionDigits() >= 0)
                .min(java.util.Comparator.comparing(Currency::getCurrencyCode))
                .orElseThrow(() -> new Wrong("(%s) has no currency %s".formatted(ai, code)));
    }

    /// A number whose identifier's last digit says how many decimals it has.
    private static BigDecimal amount(String ai, String value) {
        digits(ai, value, value.length());
        int decimals = ai.charAt(3) - '0';
        if (decimals > 5) {
            throw new Wrong("(%s) has more decimals than an amount may have".formatted(ai));
        }
        return new BigDecimal(value).movePointLeft(decimals);
    }

    private OptionalInt readCount() {
        String value = values.get("30");
        if (value == null) {
            return OptionalInt.empty();
        }
        digits("30", value, value.length());
        int number = Integer.parseInt(value);
        if (number == 0) {
            throw new Wrong("(30) is a count above 0");
        }
        return OptionalInt.of(number);
    }

    private static void digits(String ai, String value, int length) {
        if (value.length() != length || !value.chars().allMatch(it -> it >= '0' && it <= '9')) {
            throw new Wrong("(%s) has %d digits, not %s".formatted(ai, length, value));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ElementString that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /// As people write it.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((ai, value) -> text.append('(').append(ai).append(')').append(value));
        return text.toString();
    }
}
