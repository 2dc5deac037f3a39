package dev.skerry.store.printing;

import dev.skerry.language.printing.CodePage;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The letters of a printer. What it does not have is written with those that it has, as a person would; a question mark stands for
/// what cannot be. Control characters, which a printer would obey, become spaces. For one thread.
final class Letters implements UnaryOperator<String> {

    private static final Map<Integer, String> INSTEAD =
            Map.ofEntries(
                    Map.entry((int) '€', "EUR"),
                    Map.entry((int) '£', "GBP"),
                    Map.entry((int) '\u2212', "-"),
                    Map.entry((int) '\u2010', "-"),
                    Map.entry((int) '\u2011', "-"),
                    Map.entry((int) '–', "-"),
                    Map.entry((int) '—', "-"),
                    Map.entry((int) '‘', "'"),
                    Map.entry((int) '’', "'"),
                    Map.entry((int) '“', "\""),
                    Map.entry((int) '”', "\""),
                    Map.entry((int) '„', "\""),
                    Map.entry((int) '…', "..."),
                    Map.entry((int) '•', "*"),
                    Map.entry((int) '×', "x"),
                    Map.entry((int) '½', "1/2"),
                    Map.entry((int) '¼', "1/4"),
                    Map.entry((int) '¾', "3/4"),
                    Map.entry((int) '™', "TM"),
                    Map.entry((int) 'ß', "ss"),
                    Map.entry((int) 'Æ', "AE"),
                    Map.entry((int) 'æ', "ae"),
                    Map.entry((int) 'Œ', "OE"),
                    Map.entry((int) 'œ', "oe"),
                    Map.entry((int) 'Ø', "O"),
                    Map.entry((int) 'ø', "o"),
                    Map.entry((int) 'Ł', "L"),
                    Map.entry((int) 'ł', "l"),
                    Map.entry((int) 'Đ', "D"),
                    Map.entry((int) 'đ', "d"),
                    Map.entry((int) 'ı', "i"),
                    Map.entry((int) 'ẞ', "SS"));

    private final List<CodePage> pages;
    private final List<CharsetEncoder> encoders;

    Letters(List<CodePage> pages) {
        this.pages = List.copyOf(pages);
        this.encoders = pages.stream().map(CodePage::encoder).toList();
    }

    /// All letters, but no control characters, and only one sort of space.
    static UnaryOperator<String> clean() {
        return Letters::cleaned;
    }

    private static String cleaned(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder all = new StringBuilder();
        composed.codePoints()
                .forEach(c -> {
                    if (Character.isISOControl(c) || Character.isSpaceChar(c)) {
                        all.append(' ');
                    } else if (Character.getType(c) != Character.FORMAT) {
                        all.appendCodePoint(c);
                    }
                });
        return all.toString();
    }

    @Override
    public String apply(String text) {
        StringBuilder all = new StringBuilder();
        cleaned(text).codePoints().forEach(c -> all.append(printable(c)));
        return all.toString();
    }

    private String printable(int letter) {
        String itself = Character.toString(letter);
        if (pageOf(itself).isPresent()) {
            return itself;
        }
        String instead = INSTEAD.get(letter);
        if (instead != null) {
            return instead;
        }
        String bare = Normalizer.normalize(itself, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        return !bare.isEmpty()
                        && bare.codePoints()
                                .allMatch(c -> pageOf(Character.toString(c)).isPresent())
                ? bare
                : "?";
    }

    /// The first page that has a character; empty if none has.
    Optional<CodePage> pageOf(String letter) {
        for (int i = 0; i < pages.size(); i++) {
            if (encoders.get(i).canEncode(letter)) {
                return Optional.of(pages.get(i));
            }
        }
        return Optional.empty();
    }

    /// Its byte in a page.
    ///
    /// @throws IllegalArgumentException if the page does not have it
    static int code(String letter, CodePage page) {
        byte[] bytes = letter.getBytes(page.charset());
        if (bytes.length != 1) {
            throw new IllegalArgumentException(page + " does not have " + letter);
        }
        return bytes[0] & 0xFF;
    }

    CodePage preferred() {
        return pages.getFirst();
    }
}
