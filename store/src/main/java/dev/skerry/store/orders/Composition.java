package dev.skerry.store.orders;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article.Ingredient;
import dev.skerry.language.catalog.Article.ModifierGroup;
import dev.skerry.language.catalog.Article.Option;
import dev.skerry.language.inventory.Availability;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.Availability.Without;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Basket.Line.Part;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.BasketRules.No;
import dev.skerry.store.orders.Goods.Making;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the lines of an article: its own, and below it those of what is chosen with it and of what is left out. For one thread.
///
/// What is chosen and is an article of its own has a line of its own; what is not (Small, Whole milk) stands in the line that it
/// belongs to. An ingredient that ran out, and that the dish can be made without, is left out by itself.
final class Composition {

    /// Parts of parts of combos, at most so many deep.
    private static final int DEPTH_MAX = 4;

    private final Goods goods;
    private final LocalDateTime at;
    private final List<Line> lines = new ArrayList<>();

    /// @param at store-local
    Composition(Goods goods, LocalDateTime at) {
        this.goods = goods;
        this.at = at;
    }

    /// @throws No if it cannot be had like this
    List<Line> of(Line article, Wishes wishes) {
        add(article, wishes, List.of(), 0);
        return List.copyOf(lines);
    }

    /// What has to be left out of lines that are there already, because it ran out since.
    ///
    /// @throws No if one of them cannot be made any more
    List<Line> leaveOut(List<Line> there) {
        for (Line line : there) {
            Making making = goods.making(line.item().sku());
            if (!making.toOrder() || !line.quantity().isPositive() || line.isReturn()) {
                continue;
            }
            Availability availability = available(line.item(), Boolean.TRUE.equals(line.seen()));
            List<Sku> out =
                    there.stream()
                            .filter(it -> it.is(Part.LEFT_OUT) && line.id().equals(it.parent()))
                            .map(it -> it.item().sku())
                            .toList();
            for (Without without : availability.without()) {
                if (!out.contains(without.ingredient())) {
                    leaveOut(line, without.ingredient(), without.credit());
                }
            }
        }
        return List.copyOf(lines);
    }

    /// One at a place in the basket, with all that belongs to it.
    private static final class Dish {
        private final Line line;
        private final Wishes wishes;
        private final Availability availability;
        private final int depth;
        private final List<String> choices = new ArrayList<>();
        private final Map<Sku, @Nullable Sku> without = new LinkedHashMap<>();

        Dish(Line line, Wishes wishes, Availability availability, int depth) {
            this.line = line;
            this.wishes = wishes;
            this.availability = availability;
            this.depth = depth;
        }

        String name() {
            return line.item().name();
        }
    }

    private void add(Line line, Wishes wishes, List<ModifierGroup> more, int depth) {
        Item item = line.item();
        Making making = goods.making(item.sku());
        List<ModifierGroup> groups = new ArrayList<>(making.groups());
        groups.addAll(more);
        Dish dish =
                new Dish(
                        line,
                        wishes,
                        making.toOrder()
                                ? available(item, wishes.seen())
                                : Availability.full(item.sku()),
                        depth);
        int place = lines.size();
        lines.add(line);
        if (depth > DEPTH_MAX) {
            throw new No(Refusal.WRONG_CHOICE, item.name() + " contains itself");
        }
        choose(dish, line, groups, wishes.options());
        for (Sku sku : wishes.without()) {
            Ingredient part = ingredient(dish, making, sku);
            dish.without.put(sku, part.credit());
        }
        for (Without ran : dish.availability.without()) {
            dish.without.put(ran.ingredient(), ran.credit());
        }
        lines.set(
                place,
                line.as(
                        line.part(),
                        dish.choices.isEmpty() ? null : List.copyOf(dish.choices),
                        null,
                        wishes.seen()));
        dish.without.forEach((sku, credit) -> leaveOut(line, sku, credit));
    }

    private Availability available(Item item, boolean seen) {
        Availability availability = goods.availability(item.sku());
        if (availability.state() == State.OUT && !seen) {
            throw new No(
                    Refusal.RAN_OUT,
                    "%s cannot be had: %s ran out. %s"
                            .formatted(
                                    item.name(),
                                    names(availability.because()),
                                    availability.substitutes().isEmpty()
                                            ? "Offer something else"
                                            : "Instead there is " + named(availability)));
        }
        return seen ? Availability.full(item.sku()) : availability;
    }

    private String named(Availability availability) {
        return availability.substitutes().stream()
                .map(it -> "%s (%s)".formatted(name(it), it))
                .collect(Collectors.joining(", "));
    }

    private String names(List<Sku> skus) {
        return skus.stream().map(this::name).collect(Collectors.joining(", "));
    }

    private String name(Sku sku) {
        return goods.article(sku, at).map(Item::name).orElseGet(sku::value);
    }

    // ---- what is chosen

    /// @param above the line that takes what is chosen: the dish's, or that of an option
    private void choose(Dish dish, Line above, List<ModifierGroup> groups, List<Choice> choices) {
        Map<String, Choice> open = new LinkedHashMap<>();
        for (Choice choice : choices) {
            if (open.put(choice.option(), choice) != null) {
                throw new No(
                        Refusal.WRONG_CHOICE,
                        "\"%s\" is chosen twice: say how often with a count"
                                .formatted(choice.option()));
            }
        }
        for (ModifierGroup group : groups) {
            choose(dish, above, group, open);
        }
        if (!open.isEmpty()) {
            throw new No(
                    Refusal.WRONG_CHOICE,
                    "%s has no option \"%s\"; there are: %s"
                            .formatted(
                                    dish.name(),
                                    open.keySet().iterator().next(),
                                    groups.stream()
                                            .flatMap(it -> it.options().stream())
                                            .map(Option::id)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private void choose(Dish dish, Line above, ModifierGroup group, Map<String, Choice> open) {
        Map<Option, Choice> chosen = new LinkedHashMap<>();
        boolean named = false;
        for (Option option : group.options()) {
            Choice choice = open.remove(option.id());
            if (choice != null) {
                named = true;
                chosen.put(option, choice);
            }
        }
        if (!named) {
            group.options().stream()
                    .filter(it -> it.preselected() && !ranOut(dish, it))
                    .forEach(it -> chosen.put(it, Choice.of(it.id())));
        }
        int count = chosen.values().stream().mapToInt(Choice::times).sum();
        if (count < group.min()) {
            throw new No(
                    Refusal.CHOICE_MISSING,
                    "%s: choose %s of %s: %s"
                            .formatted(
                                    dish.name(),
                                    group.min() == group.max()
                                            ? String.valueOf(group.min())
                                            : "at least " + group.min(),
                                    group.name(),
                                    group.options().stream()
                                            .filter(it -> !ranOut(dish, it))
                                            .map(Option::id)
                                            .collect(Collectors.joining(", "))));
        }
        if (count > group.max()) {
            throw new No(
                    Refusal.WRONG_CHOICE,
                    "%s: at most %d of %s, not %d"
                            .formatted(dish.name(), group.max(), group.name(), count));
        }
        chosen.forEach((option, choice) -> {
            if (choice.times() > 0) {
                take(dish, above, option, choice);
            }
        });
    }

    private static boolean ranOut(Dish dish, Option option) {
        return dish.availability.options().contains(option.id());
    }

    private void take(Dish dish, Line above, Option option, Choice choice) {
        if (ranOut(dish, option)) {
            throw new No(
                    Refusal.RAN_OUT,
                    "%s with %s cannot be had: it ran out. Choose something else"
                            .formatted(dish.name(), option.name()));
        }
        List<Sku> replaces = option.replaces();
        if (replaces != null) {
            replaces.forEach(it -> dish.without.put(it, null));
        }
        Sku sku = option.sku();
        if (option.partOfCombo()) {
            for (int i = 0; i < choice.times(); i++) {
                Item item = article(Objects.requireNonNull(sku));
                add(
                        Line.of(nextId(dish), dish.line.id(), item, dish.line.quantity())
                                .as(Part.COMPONENT, null, null, dish.wishes.seen()),
                        choice.wishes(dish.wishes.seen()),
                        option.groups(),
                        dish.depth + 1);
            }
            return;
        }
        refuseWithout(dish, option, choice);
        Line place = above;
        if (sku == null) {
            for (int i = 0; i < choice.times(); i++) {
                dish.choices.add(option.name());
            }
        } else {
            Item item = article(sku).as(option.name(), dish.line.item().taxCategory());
            place =
                    Line.of(
                                    nextId(dish),
                                    above.id(),
                                    item,
                                    above.quantity().times(Quantity.of(choice.times())))
                            .as(Part.OPTION, null, null, dish.wishes.seen());
            lines.add(place);
        }
        choose(dish, place, option.groups(), choice.wishes(false).options());
    }

    private static void refuseWithout(Dish dish, Option option, Choice choice) {
        if (choice.without() != null && !choice.without().isEmpty()) {
            throw new No(
                    Refusal.WRONG_CHOICE,
                    "%s: nothing is left out of %s".formatted(dish.name(), option.name()));
        }
    }

    private Item article(Sku sku) {
        return goods.article(sku, at)
                .orElseThrow(() ->
                        new No(
                                Refusal.UNKNOWN_ARTICLE,
                                "article " + sku + " is not in the assortment"));
    }

    /// Numbered within the dish, so that the same wish makes the same lines.
    private String nextId(Dish dish) {
        String prefix = dish.line.id() + ".";
        return prefix + (1 + lines.stream().filter(it -> isDirect(it.id(), prefix)).count());
    }

    private static boolean isDirect(String id, String prefix) {
        return id.startsWith(prefix)
                && id.substring(prefix.length()).chars().allMatch(Character::isDigit);
    }

    // ---- what is left out

    private static Ingredient ingredient(Dish dish, Making making, Sku sku) {
        return making.recipe().stream()
                .filter(it -> it.sku().equals(sku) && it.removable())
                .findFirst()
                .orElseThrow(() ->
                        new No(
                                Refusal.WRONG_CHOICE,
                                "%s is not made without %s; it can be without: %s"
                                        .formatted(
                                                dish.name(),
                                                sku,
                                                making.recipe().stream()
                                                        .filter(Ingredient::removable)
                                                        .map(it -> it.sku().value())
                                                        .collect(Collectors.joining(", ")))));
    }

    private void leaveOut(Line dish, Sku sku, @Nullable Sku credit) {
        Item item =
                goods.article(sku, at)
                        .orElseGet(() -> dish.item().plain(sku))
                        .as(name(sku), dish.item().taxCategory());
        lines.add(
                Line.of(dish.id() + "-" + sku, dish.id(), item, dish.quantity().negated())
                        .as(Part.LEFT_OUT, null, credit, false));
    }
}
