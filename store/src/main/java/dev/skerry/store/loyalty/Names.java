package dev.skerry.store.loyalty;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How names are compared when somebody searches: by the beginnings of their words, without case and accents.
final class Names {

    /// Of a name; what follows is not searched for.
    static final int WORDS_MAX = 6;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Names() {}

    /// The words of a name, the longest first: as a beginning, it fits the fewest.
    static List<String> words(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT)
                        .replace("ß", "ss")
                        .replace("æ", "ae")
                        .replace("œ", "oe")
                        .replace('ø', 'o')
                        .replace('ł', 'l')
                        .replace('đ', 'd')
                        .replace('ı', 'i');
        String folded =
                MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
        return Stream.of(BETWEEN.split(folded))
                .filter(it -> !it.isEmpty())
                .distinct()
                .limit(WORDS_MAX)
                .sorted(
                        Comparator.<String>comparingInt(String::length)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
