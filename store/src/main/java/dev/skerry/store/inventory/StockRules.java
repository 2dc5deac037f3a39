package dev.skerry.store.inventory;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.store.inventory.Inventory.Counted;
import dev.skerry.store.inventory.Inventory.Header;
import dev.skerry.store.inventory.StockResult.Refusal;
import dev.skerry.store.inventory.StockResult.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides what is no proper document about goods. What is written down is what somebody has seen: it is not compared with the books.
final class StockRules {

    static final int LINES_MAX = 2000;
    static final int TEXT_LENGTH_MAX = 200;
    static final int ID_LENGTH_MAX = 64;

    /// Of one line.
    static final Quantity QUANTITY_MAX = Quantity.of(1_000_000);

    /// A device's clock may be so far ahead. A count from further ahead would swallow the sales until then.
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /// What is written down later than this is a mistake in its date.
    static final Duration LATE_MAX = Duration.ofDays(400);

    private final Recipes recipes;
    private final Instant now;

    StockRules(Recipes recipes, Instant now) {
        this.recipes = recipes;
        this.now = now;
    }

    Optional<Refused> goods(Header header, List<StockLine> lines, boolean dishes, String... texts) {
        return lines(header, lines, dishes, false, texts);
    }

    /// @param lines by how much; below zero if less is there
    Optional<Refused> adjustment(Header header, List<StockLine> lines, String reason) {
        return lines(header, lines, false, true, reason);
    }

    private Optional<Refused> lines(
            Header header,
            List<StockLine> lines,
            boolean dishes,
            boolean bothWays,
            String... texts) {
        Optional<Refused> wrong = header(header, lines.size(), texts);
        for (StockLine line : lines) {
            if (wrong.isPresent()) {
                return wrong;
            }
            Quantity quantity =
                    bothWays && line.quantity().isNegative()
                            ? line.quantity().negated()
                            : line.quantity();
            wrong =
                    !quantity.isPositive() || quantity.compareTo(QUANTITY_MAX) > 0
                            ? no(
                                    Refusal.WRONG_QUANTITY,
                                    "%s of %s: a quantity is %s 0 and at most %s"
                                            .formatted(
                                                    line.quantity(),
                                                    line.sku(),
                                                    bothWays ? "not" : "above",
                                                    QUANTITY_MAX))
                            : dishes ? Optional.empty() : stocked(line.sku());
        }
        return wrong;
    }

    Optional<Refused> count(Header header, List<Counted> lines) {
        Optional<Refused> wrong = header(header, lines.size());
        Set<Sku> seen = new HashSet<>();
        for (Counted line : lines) {
            if (wrong.isPresent()) {
                return wrong;
            }
            if (!seen.add(line.sku())) {
                return no(
                        Refusal.COUNTED_TWICE,
                        "%s stands in this count twice: count all its places as one line"
                                .formatted(line.sku()));
            }
            if (line.counted().isNegative() || line.counted().compareTo(QUANTITY_MAX) > 0) {
                return no(
                        Refusal.WRONG_QUANTITY,
                        "%s of %s: a count finds 0 to %s"
                                .formatted(line.counted(), line.sku(), QUANTITY_MAX));
            }
            Instant at = line.at();
            wrong =
                    (at == null ? Optional.<Refused>empty() : past(at))
                            .or(() -> stocked(line.sku()));
        }
        return wrong;
    }

    private Optional<Refused> header(Header header, int lines, String... texts) {
        if (header.id().isBlank() || header.id().length() > ID_LENGTH_MAX) {
            return no(
                    Refusal.MALFORMED_DOCUMENT,
                    "a document needs an id of its own, of 1 to %d characters"
                            .formatted(ID_LENGTH_MAX));
        }
        if (lines < 1 || lines > LINES_MAX) {
            return no(
                    Refusal.MALFORMED_DOCUMENT,
                    "a document has 1 to %d lines, not %d".formatted(LINES_MAX, lines));
        }
        for (String text : texts) {
            if (text.isBlank() || text.length() > TEXT_LENGTH_MAX) {
                return no(
                        Refusal.MALFORMED_DOCUMENT,
                        "a supplier, a store, a reason has 1 to %d characters"
                                .formatted(TEXT_LENGTH_MAX));
            }
        }
        Instant at = header.at();
        return at == null ? Optional.empty() : past(at);
    }

    private Optional<Refused> past(Instant at) {
        if (at.isAfter(now.plus(AHEAD_MAX))) {
            return no(
                    Refusal.IN_THE_FUTURE,
                    "%s has not come yet: it is %s. Set the device's clock".formatted(at, now));
        }
        return at.isBefore(now.minus(LATE_MAX))
                ? no(
                        Refusal.TOO_LONG_AGO,
                        "%s is more than %d days ago".formatted(at, LATE_MAX.toDays()))
                : Optional.empty();
    }

    private Optional<Refused> stocked(Sku sku) {
        return recipes.isMade(sku)
                ? no(
                        Refusal.NOT_STOCKED,
                        "%s is made here, and has no stock: name its ingredients".formatted(sku))
                : Optional.empty();
    }

    private static Optional<Refused> no(Refusal why, String detail) {
        return Optional.of(new Refused(why, detail));
    }
}
