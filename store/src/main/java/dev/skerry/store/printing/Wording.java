package dev.skerry.store.printing;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words, numbers and dates of a language. English where a language is not known. For one thread.
final class Wording {

    private static final String BUNDLE = "dev.skerry.store.printing.words";

    private final Locale locale;
    private final ResourceBundle words;

    /// @param language BCP 47
    Wording(String language) {
        Locale asked = Locale.forLanguageTag(language);
        this.locale = asked.getLanguage().isEmpty() ? Locale.ENGLISH : asked;
        this.words =
                ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// The language of the words.
    String language() {
        return locale.toLanguageTag();
    }

    String word(String key) {
        return words.getString(key);
    }

    /// For what others have named: as it is, where there is no word for it.
    String word(String key, String otherwise) {
        return words.containsKey(key) ? words.getString(key) : otherwise;
    }

    /// A word with something in it.
    String filled(String key, Object part) {
        return word(key).replace("{0}", part.toString());
    }

    /// With all decimals of the currency, without its name: 1,234.50.
    String amount(Money money) {
        NumberFormat format = number();
        int decimals = money.currency().getDefaultFractionDigits();
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(money.amount());
    }

    String quantity(Quantity quantity) {
        return plain(quantity.amount());
    }

    String percent(Percent percent) {
        return plain(percent.amount()) + " %";
    }

    private String plain(BigDecimal number) {
        NumberFormat format = number();
        format.setMaximumFractionDigits(number.scale());
        return format.format(number);
    }

    /// A minus is a minus: some languages have another sign, which few printers have.
    private NumberFormat number() {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        if (format instanceof DecimalFormat decimal) {
            var symbols = decimal.getDecimalFormatSymbols();
            symbols.setMinusSign('-');
            decimal.setDecimalFormatSymbols(symbols);
            decimal.setNegativePrefix("-");
        }
        return format;
    }

    String count(long number) {
        return number().format(number);
    }

    String dateTime(LocalDateTime at) {
        return date(at) + " " + time(at);
    }

    private String date(LocalDateTime at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(at);
    }

    String time(LocalDateTime at) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale).format(at);
    }
}
