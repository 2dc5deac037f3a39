package dev.skerry.language.kitchen;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a ticket: a dish, or what is changed about one.
///
/// @param line its id in the order
/// @param parent the line of this ticket that it belongs to; null if there is none
/// @param of the name of the dish that it belongs to, which is on another ticket; null if there is none
/// @param quantity below zero for what is left out of a dish
/// @param cancelled how many are not wanted any more; not below zero
/// @param note of the guest; null if there is none
/// @param choices the names of what was chosen with it and is no article: Small, Whole milk; null if nothing was
public record TicketLine(
        String line,
        @Nullable String parent,
        @Nullable String of,
        Sku sku,
        String name,
        Quantity quantity,
        Quantity cancelled,
        @Nullable String note,
        @Nullable List<String> choices) {

    public TicketLine {
        requireNonNull(line, "line");
        requireNonNull(sku, "sku");
        requireNonNull(name, "name");
        requireNonNull(quantity, "quantity");
        requireNonNull(cancelled, "cancelled");
        choices = choices == null ? null : List.copyOf(choices);
    }

    /// One with which nothing was chosen.
    public TicketLine(
            String line,
            @Nullable String parent,
            @Nullable String of,
            Sku sku,
            String name,
            Quantity quantity,
            Quantity cancelled,
            @Nullable String note) {
        this(line, parent, of, sku, name, quantity, cancelled, note, null);
    }

    /// How many are wanted still; below zero for what is left out.
    public Quantity wanted() {
        return quantity.isNegative() ? quantity.plus(cancelled) : quantity.minus(cancelled);
    }

    /// So many more are not wanted any more.
    public TicketLine cut(Quantity less) {
        return new TicketLine(
                line, parent, of, sku, name, quantity, cancelled.plus(less), note, choices);
    }
}
