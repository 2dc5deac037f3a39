package dev.skerry.language.printing;

import java.util.ArrayList;
import java.util.List;

/// The bar code Code 128 (ISO/IEC 15417) of a text of printable ASCII: runs of digits in set C, two a symbol, the rest in set B.
///
/// @param symbols from the start symbol to the check symbol; the stop symbol is not among them
public record Code128(List<Integer> symbols) {

    public static final int LENGTH_MAX = 80;

    /// Modules that have to stay white at each end.
    public static final int QUIET_MODULES = 10;

    private static final int START_B = 104;
    private static final int START_C = 105;
    private static final int TO_C = 99;
    private static final int TO_B = 100;
    private static final int CHECK_MODULUS = 103;

    /// As many modules as the widths of bars and spaces of a symbol sum up to.
    private static final int SYMBOL_MODULES = 11;

    /// Widths of bar, space, bar, space, bar, space of each symbol, from value 0 on.
    private static final String WIDTHS =
            "212222222122222221121223121322131222122213122312132212221213221312231212112232122132"
                    + "122231113222123122123221223211221132221231213212223112312131311222321122321221"
                    + "312212322112322211212123212321232121111323131123131321112313132113132311211313"
                    + "231113231311112133112331132131113123113321133121313121211331231131213113213311"
                    + "213131311123311321331121312113312311332111314111221411431111111224111422121124"
                    + "121421141122141221112214112412122114122411142112142211241211221114413111241112"
                    + "134111111242121142121241114212124112124211411212421112421211212141214121412121"
                    + "111143111341131141114113114311411113411311113141114131311141411131211412211214"
                    + "211232";

    private static final String STOP = "2331112";

    public Code128 {
        symbols = List.copyOf(symbols);
    }

    /// Whether [#of] takes a text.
    public static boolean fits(String text) {
        return !text.isEmpty()
                && text.length() <= LENGTH_MAX
                && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /// @throws IllegalArgumentException if it is empty, too long, or holds another character
    public static Code128 of(String text) {
        if (!fits(text)) {
            throw new IllegalArgumentException(
                    "a bar code has 1 to %d characters of ASCII: %s".formatted(LENGTH_MAX, text));
        }
        List<Integer> symbols = new ArrayList<>();
        int place = 0;
        boolean inC = digits(text, 0) >= 4 || (digits(text, 0) == 2 && text.length() == 2);
        symbols.add(inC ? START_C : START_B);
        while (place < text.length()) {
            int digits = digits(text, place);
            if (inC && digits < 2) {
                symbols.add(TO_B);
                inC = false;
            } else if (!inC && worthwhile(digits, place + digits == text.length())) {
                if (digits % 2 == 1) {
                    symbols.add(text.charAt(place++) - ' ');
                }
                symbols.add(TO_C);
                inC = true;
            }
            if (inC) {
                symbols.add(Integer.parseInt(text.substring(place, place + 2)));
                place += 2;
            } else {
                symbols.add(text.charAt(place++) - ' ');
            }
        }
        symbols.add(check(symbols));
        return new Code128(symbols);
    }

    /// In the middle of a text there are two changes of the set to pay for.
    private static boolean worthwhile(int digits, boolean atEnd) {
        return digits >= (atEnd ? 4 : 6);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - from;
    }

    private static int check(List<Integer> symbols) {
        int sum = symbols.getFirst();
        for (int i = 1; i < symbols.size(); i++) {
            sum += i * symbols.get(i);
        }
        return sum % CHECK_MODULUS;
    }

    /// How wide it is, without quiet zones.
    public int modules() {
        return symbols.size() * SYMBOL_MODULES + SYMBOL_MODULES + 2;
    }

    /// The widths, in modules, of bar, space, bar, space … bar.
    public List<Integer> widths() {
        StringBuilder all = new StringBuilder();
        for (int symbol : symbols) {
            all.append(WIDTHS, symbol * 6, symbol * 6 + 6);
        }
        return all.append(STOP).chars().mapToObj(c -> c - '0').toList();
    }
}
