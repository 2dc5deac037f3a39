package dev.skerry.store.inventory;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.Movement;
import dev.skerry.language.inventory.MovementKind;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.language.orders.OrderLine;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Decides what a paid order moves.
///
/// | line | moves |
/// |---|---|
/// | sold, without a recipe | the article leaves |
/// | sold, with a recipe | its ingredients leave |
/// | below zero, at a dish, and an ingredient or a credit of its recipe | that ingredient of the dish stays |
/// | a combo | nothing: its parts are lines of their own |
/// | a deposit that is sold | nothing: the bottle leaves with what is in it |
/// | comes back, without a recipe | it is back; where the reason says damaged, it leaves again as that |
/// | comes back, with a recipe | nothing: no ingredient comes back from a dish |
/// | voided | nothing |
final class Selling {

    private final Recipes recipes;
    private final Predicate<Sku> deposits;
    private final Set<String> damaged;

    /// @param deposits whether an article is the deposit of another
    /// @param damaged the reasons of a return, in lower case, for which goods are not put back
    Selling(Recipes recipes, Predicate<Sku> deposits, Set<String> damaged) {
        this.recipes = recipes;
        this.deposits = deposits;
        this.damaged = damaged;
    }

    List<Movement> movements(List<OrderLine> lines) {
        Map<String, OrderLine> byId = new HashMap<>();
        lines.stream().filter(it -> !it.voided()).forEach(it -> byId.put(it.id(), it));
        Map<String, Map<Sku, Quantity>> without = new HashMap<>();
        List<OrderLine> rest = new ArrayList<>();
        for (OrderLine line : lines) {
            String parent = line.parent();
            if (line.voided()) {
                continue;
            }
            if (parent != null && isLeftOut(line, byId.get(parent))) {
                without.computeIfAbsent(parent, _ -> new HashMap<>())
                        .merge(line.sku(), line.quantity().abs(), Quantity::plus);
            } else {
                rest.add(line);
            }
        }
        List<Movement> all = new ArrayList<>();
        for (OrderLine line : rest) {
            if (line.quantity().isNegative()) {
                comeBack(line, all);
            } else if (recipes.isMade(line.sku())) {
                Map<Sku, Quantity> left = without.getOrDefault(line.id(), Map.of());
                recipes.used(line.sku(), line.quantity(), left)
                        .forEach((sku, quantity) ->
                                all.add(
                                        new Movement(
                                                sku,
                                                MovementKind.CONSUMED,
                                                quantity.negated(),
                                                line.id(),
                                                line.sku(),
                                                null)));
            } else if (!deposits.test(line.sku()) && !recipes.isCombo(line.sku())) {
                all.add(moved(line, MovementKind.SOLD, line.quantity().negated()));
            }
        }
        return all.stream().filter(it -> !it.quantity().isZero()).toList();
    }

    private boolean isLeftOut(OrderLine line, @org.jspecify.annotations.Nullable OrderLine dish) {
        return dish != null
                && line.quantity().isNegative()
                && line.returnOf() == null
                && dish.quantity().isPositive()
                && recipes.recipe(dish.sku()).stream()
                        .anyMatch(it ->
                                it.sku().equals(line.sku())
                                        || Objects.equals(it.credit(), line.sku()));
    }

    private void comeBack(OrderLine line, List<Movement> all) {
        if (recipes.isMade(line.sku())) {
            return;
        }
        all.add(moved(line, MovementKind.RETURNED, line.quantity().negated()));
        String reason = line.returnReason();
        if (reason != null && damaged.contains(reason.toLowerCase(Locale.ROOT))) {
            all.add(moved(line, MovementKind.DAMAGED, line.quantity()));
        }
    }

    private static Movement moved(OrderLine line, MovementKind kind, Quantity quantity) {
        return new Movement(line.sku(), kind, quantity, line.id(), null, line.lot());
    }

    /// What a document moves, as it stands in it.
    static List<Movement> moved(List<StockLine> lines, MovementKind kind) {
        List<Movement> all = new ArrayList<>();
        for (StockLine line : lines) {
            Quantity quantity =
                    kind == MovementKind.SENT ? line.quantity().negated() : line.quantity();
            String id = String.valueOf(all.size() + 1);
            all.add(new Movement(line.sku(), kind, quantity, id, null, line.lot()));
        }
        return all;
    }

    /// What waste takes from the stock; of a dish, its ingredients.
    static List<Movement> wasted(List<StockLine> lines, Recipes recipes) {
        List<Movement> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            StockLine line = lines.get(i);
            String id = String.valueOf(i + 1);
            boolean made = recipes.isMade(line.sku());
            recipes.used(line.sku(), line.quantity(), Map.of())
                    .forEach((sku, quantity) ->
                            all.add(
                                    new Movement(
                                            sku,
                                            MovementKind.WASTED,
                                            quantity.negated(),
                                            id,
                                            made ? line.sku() : null,
                                            made ? null : line.lot())));
        }
        return all.stream().filter(it -> !it.quantity().isZero()).toList();
    }

    /// All that was moved, moved back.
    static List<Movement> backward(List<Movement> movements) {
        return movements.stream()
                .map(it ->
                        new Movement(
                                it.sku(),
                                MovementKind.VOIDED,
                                it.quantity().negated(),
                                it.line(),
                                it.madeInto(),
                                it.lot()))
                .toList();
    }

    /// When an order was paid. In the hour that a clock that is put back shows twice, the later of both that is not after it became
    /// known.
    static Instant paidAt(LocalDateTime local, ZoneId zone, Instant known) {
        Instant first = local.atZone(zone).toInstant();
        return zone.getRules().getValidOffsets(local).stream()
                .map((ZoneOffset it) -> local.toInstant(it))
                .filter(it -> !it.isAfter(known))
                .max(Instant::compareTo)
                .orElse(first);
    }
}
