package dev.skerry.language.gs1;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Gtin;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What stands in a barcode, or was typed in its place.
public sealed interface Scan {

    /// Longer than any code that GS1 has (a GS1 DataMatrix holds 3,116 digits).
    int LENGTH_MAX = 4096;

    /// A GTIN alone.
    ///
    /// @param gtins what it can mean, the likeliest first: eight digits may be a GTIN-8 or a UPC-E
    record Plain(List<Gtin> gtins) implements Scan {
        public Plain {
            gtins = List.copyOf(gtins);
        }
    }

    /// A GTIN and what is said of this very package.
    record Elements(ElementString content) implements Scan {
        public Elements {
            requireNonNull(content, "content");
        }
    }

    /// Not a code of GS1: a number or a word of the chain's own, or something of somebody else.
    record Text(String text) implements Scan {
        public Text {
            requireNonNull(text, "text");
        }
    }

    /// A code of GS1, but misread or badly printed.
    ///
    /// @param why for people
    record Unreadable(String why) implements Scan {
        public Unreadable {
            requireNonNull(why, "why");
        }
    }

    /// Reads what a scanner sent (with or without an AIM symbology identifier in front) or somebody typed.
    ///
    /// FNC1 may be the character GS (29), or one of the words in its place that keyboard wedges send: `{GS}`, `<GS>`, `␝`. Or each
    /// application identifier stands in brackets, as people write it.
    ///
    /// @param today tells the century of dates with two digits of a year
    static Scan read(String scanned, LocalDate today) {
        String text = strip(scanned);
        if (text.length() > LENGTH_MAX) {
            return new Unreadable("a code has at most " + LENGTH_MAX + " characters");
        }
        if (text.length() > 3 && text.charAt(0) == ']') {
            String symbology = text.substring(0, 3);
            text = text.substring(3);
            if (Set.of("]C1", "]e0", "]d2", "]Q3", "]J1").contains(symbology)) {
                return scan(ElementString.separated(text, today));
            }
        }
        if (isUrl(text)) {
            return DigitalLink.isOne(text) ? scan(DigitalLink.read(text, today)) : new Text(text);
        }
        if (text.matches("\\(\\d{2,4}\\)(?s).+")) {
            return scan(ElementString.bracketed(text, today));
        }
        if (text.indexOf(ElementString.FNC1) >= 0) {
            return scan(ElementString.separated(text, today));
        }
        List<Gtin> gtins = gtins(text);
        if (!gtins.isEmpty()) {
            return new Plain(gtins);
        }
        if (text.length() >= 16
                && text.startsWith("01")
                && Gtin.isGtin(text.substring(2, 16))
                && ElementString.separated(text, today)
                        instanceof ElementString.Parsed.Read(ElementString content)) {
            return new Elements(content);
        }
        return new Text(text);
    }

    private static Scan scan(ElementString.Parsed parsed) {
        return switch (parsed) {
            case ElementString.Parsed.Read(ElementString content) -> new Elements(content);
            case ElementString.Parsed.Malformed(String why) -> new Unreadable(why);
        };
    }

    /// GS is a control character, but none to be stripped from within.
    private static String strip(String scanned) {
        String text = scanned.strip();
        return text.replace("{GS}", String.valueOf(ElementString.FNC1))
                .replace("<GS>", String.valueOf(ElementString.FNC1))
                .replace('\u241D', ElementString.FNC1);
    }

    private static boolean isUrl(String text) {
        String start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://");
    }

    private static List<Gtin> gtins(String text) {
        List<Gtin> gtins = new ArrayList<>();
        UpcE.expand(text).map(Gtin::parse).ifPresent(gtins::add);
        if (Gtin.isGtin(text)) {
            gtins.add(Gtin.parse(text));
        }
        return gtins;
    }
}
