package dev.skerry.pricing;

import dev.skerry.language.Quantity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines that sell the same at the same price: what they cost does not depend on how many lines they are. A measured line is
/// always alone.
///
/// @param index place in the order of all goods, which is by content and not by scanning: article, price, then line number.
///     Wherever a tie goes to the lower line, this is meant
/// @param lines by line number
/// @param units pieces; a measured line is one
/// @param each minor units that one unit costs regularly; for a measured line all of it
record Goods(int index, BasketLine sample, List<BasketLine> lines, long units, long each) {

    private static final Comparator<BasketLine> BY_CONTENT =
            Comparator.comparing((BasketLine line) -> line.article().sku())
                    .thenComparingLong(line -> line.unitPrice().minor())
                    .thenComparing(
                            line -> line.article().measured() ? line.quantity() : Quantity.ONE)
                    .thenComparing(BasketLine::source)
                    .thenComparing(line -> line.expires().orElse(LocalDate.MIN))
                    .thenComparing(line -> line.markdowns().toString())
                    .thenComparingInt(BasketLine::line);

    /// What makes lines the same; a line number only if it must stand alone.
    private record Same(
            Article article,
            long price,
            PriceSource source,
            Optional<LocalDate> expires,
            List<Markdown> markdowns,
            int alone) {}

    static List<Goods> of(List<BasketLine> lines) {
        Map<Same, List<BasketLine>> same = new HashMap<>();
        for (BasketLine line : lines) {
            same.computeIfAbsent(
                            new Same(
                                    line.article(),
                                    line.unitPrice().minor(),
                                    line.source(),
                                    line.expires(),
                                    line.markdowns(),
                                    line.article().measured() ? line.line() : Integer.MIN_VALUE),
                            _ -> new ArrayList<>())
                    .add(line);
        }
        List<List<BasketLine>> groups = new ArrayList<>(same.values());
        groups.forEach(group -> group.sort(Comparator.comparingInt(BasketLine::line)));
        groups.sort(Comparator.comparing(List::getFirst, BY_CONTENT));
        List<Goods> goods = new ArrayList<>(groups.size());
        for (List<BasketLine> group : groups) {
            BasketLine first = group.getFirst();
            boolean measured = first.article().measured();
            long units = 0;
            for (BasketLine line : group) {
                units += pieces(line);
            }
            goods.add(
                    new Goods(
                            goods.size(),
                            first,
                            List.copyOf(group),
                            units,
                            measured ? first.extended().minor() : first.unitPrice().minor()));
        }
        return goods;
    }

    static long pieces(BasketLine line) {
        return line.article().measured() ? 1 : line.quantity().thousandths() / Quantity.THOUSANDTHS;
    }

    Article article() {
        return sample.article();
    }

    boolean measured() {
        return sample.article().measured();
    }

    long thousandths() {
        return measured() ? sample.quantity().thousandths() : 1000;
    }
}
