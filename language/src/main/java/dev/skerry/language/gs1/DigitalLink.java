package dev.skerry.language.gs1;

import dev.skerry.language.Gtin;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A web address that names an article: GS1 Digital Link, URI syntax 1.4. Those that are compressed are not read.
final class DigitalLink {

    private DigitalLink() {}

    /// Whether it names an article by its GTIN, rightly or not.
    static boolean isOne(String url) {
        return key(segments(url)) >= 0;
    }

    static ElementString.Parsed read(String url, LocalDate today) {
        try {
            return ElementString.of(elements(url), today);
        } catch (IllegalArgumentException e) {
            return new ElementString.Parsed.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static SequencedMap<String, String> elements(String url) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        List<String> path = segments(url);
        int key = key(path);
        String gtin = decoded(path.get(key + 1));
        values.put("01", Gtin.isGtin(gtin) ? Gtin.parse(gtin).digits() : gtin);
        for (int i = key + 2; i + 1 < path.size(); i += 2) {
            put(values, path.get(i), path.get(i + 1));
        }
        int question = url.indexOf('?');
        if (question >= 0) {
            for (String pair : url.substring(question + 1).split("#", 2)[0].split("[&;]", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    put(values, pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return values;
    }

    /// What is not an application identifier is somebody's own: a link type, a campaign.
    private static void put(SequencedMap<String, String> values, String ai, String value) {
        if (!ElementString.isIdentifier(ai)) {
            return;
        }
        String plain = decoded(value);
        if (plain.isEmpty() || plain.length() > ApplicationIdentifiers.lengthMax(ai)) {
            throw new IllegalArgumentException(
                    "(%s) does not have %d characters".formatted(ai, plain.length()));
        }
        String before = values.put(ai, plain);
        if (before != null && !before.equals(plain)) {
            throw new IllegalArgumentException("(%s) is there twice".formatted(ai));
        }
    }

    private static String decoded(String text) {
        // A form's decoder, but a plus in a web address is a plus.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static List<String> segments(String url) {
        String path = url.substring(url.indexOf("://") + 3).split("[?#]", 2)[0];
        return List.of(path.split("/", -1));
    }

    /// Where the GTIN's identifier stands in the path; negative if nowhere. The first segment is the host.
    private static int key(List<String> segments) {
        for (int i = 1; i + 1 < segments.size(); i++) {
            if (segments.get(i).equals("01") && segments.get(i + 1).matches("\\d{8}|\\d{12,14}")) {
                return i;
            }
        }
        return -1;
    }
}
