package dev.skerry.context;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How words are compared when somebody searches: without case, accents and umlauts, ß as ss.
public final class Words {

    /// Of what somebody typed; what follows changes nothing.
    public static final int WORDS_MAX = 10;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Words() {}

    /// Whatever is to be found by it is stored folded.
    public static String fold(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT)
                        .replace("ß", "ss")
                        .replace("æ", "ae")
                        .replace("œ", "oe")
                        .replace('ø', 'o')
                        .replace('ł', 'l')
                        .replace('đ', 'd')
                        .replace('ı', 'i');
        return MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
    }

    /// The words of what somebody typed, folded.
    public static List<String> of(String text) {
        return Stream.of(BETWEEN.split(fold(text)))
                .filter(it -> !it.isEmpty())
                .limit(WORDS_MAX)
                .toList();
    }

    /// For SQLite FTS5: all words, the last one perhaps not finished. Where it is finished, it fits better.
    public static String lastOpen(List<String> words) {
        String last = "\"" + words.getLast() + "\"";
        return words.subList(0, words.size() - 1).stream()
                        .map(it -> "\"" + it + "\" AND ")
                        .collect(Collectors.joining())
                + "(%s OR %s*)".formatted(last, last);
    }

    /// The same, with any of them perhaps not finished.
    public static String allOpen(List<String> words) {
        return words.stream().map(it -> "\"" + it + "\"*").collect(Collectors.joining(" AND "));
    }
}
