package dev.skerry.language.printing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A printer of the store, and what it is for.
///
/// @param id such as `receipts-3`
/// @param name for people, also on paper: `Till 3`
/// @param host name or address in the store's network
/// @param port of TCP; 9100 is usual
/// @param columns characters in a line of its normal font; 24 to 64
/// @param language BCP 47, such as `de-DE`: of the words, dates and amounts on its paper
/// @param codePages those that it has and may be used, the preferred one first
/// @param documents what it may print
/// @param serves tills and other devices, or stations of the kitchen, whose documents come here; empty for all that have no
///     printer of their own
/// @param fallback the printer that takes over when this one cannot print; null for none
/// @param automatic receipts come by themselves; else only when somebody asks
/// @param drawer a cash drawer hangs on it
/// @param reports it answers questions about its state, so that a document counts as printed when it says so; false for the few
///     that never do
public record Printer(
        String id,
        String name,
        String host,
        int port,
        int columns,
        String language,
        List<CodePage> codePages,
        List<Kind> documents,
        List<String> serves,
        @Nullable String fallback,
        boolean automatic,
        boolean drawer,
        boolean reports) {

    public static final int COLUMNS_MIN = 24;
    public static final int COLUMNS_MAX = 64;
    public static final int ID_LENGTH_MAX = 64;

    /// Sorts of documents.
    public enum Kind {
        RECEIPT,
        KITCHEN,
        /// Of the cash office: reports, paid in and out.
        REPORT
    }

    /// @throws IllegalArgumentException saying what is wrong
    public Printer {
        codePages = List.copyOf(codePages);
        documents = List.copyOf(documents);
        serves = List.copyOf(serves);
        require(
                !id.isBlank() && id.length() <= ID_LENGTH_MAX,
                "a printer has an id of 1 to " + ID_LENGTH_MAX + " characters");
        require(!host.isBlank(), "a printer has a host");
        require(port > 0 && port <= 65_535, "a port is 1 to 65535, not " + port);
        require(
                columns >= COLUMNS_MIN && columns <= COLUMNS_MAX,
                "a line has %d to %d characters, not %d"
                        .formatted(COLUMNS_MIN, COLUMNS_MAX, columns));
        require(!codePages.isEmpty(), "a printer has at least one code page");
        require(!id.equals(fallback), "a printer cannot take over from itself");
    }

    private static void require(boolean right, String why) {
        if (!right) {
            throw new IllegalArgumentException(why);
        }
    }
}
