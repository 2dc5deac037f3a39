package dev.skerry.store.printing;

import dev.skerry.language.Quantity;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.TicketLine;
import dev.skerry.language.printing.KitchenTicket;
import dev.skerry.language.printing.KitchenTicket.Change;
import dev.skerry.language.printing.KitchenTicket.Dish;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/// Makes of a ticket of the kitchen's screens one on paper.
final class KitchenPaper {

    /// Before the name of what a dish is made without; a printer has a word for it.
    static final String WITHOUT = "- ";

    private KitchenPaper() {}

    /// @param at store-local
    static KitchenTicket of(Ticket ticket, Change change, LocalDateTime at) {
        List<Dish> dishes = new ArrayList<>();
        for (TicketLine line : ticket.lines()) {
            Quantity much = change == Change.CANCELLED ? line.quantity() : line.wanted();
            if (line.parent() == null && !much.isZero()) {
                dishes.add(dish(line, much, ticket));
            }
        }
        return new KitchenTicket(
                ticket.order(),
                ticket.number(),
                ticket.name(),
                ticket.source(),
                ticket.station(),
                change,
                at,
                dishes,
                null);
    }

    private static Dish dish(TicketLine line, Quantity much, Ticket ticket) {
        List<String> modifiers = new ArrayList<>();
        String of = line.of();
        if (of != null) {
            modifiers.add("(" + of + ")");
        }
        below(line, much, ticket, modifiers);
        String name = much.isNegative() ? WITHOUT + line.name() : line.name();
        return new Dish(much.abs(), name, modifiers, line.note());
    }

    /// Also what belongs to what belongs to it.
    private static void below(
            TicketLine line, Quantity dishes, Ticket ticket, List<String> modifiers) {
        List<String> choices = line.choices();
        if (choices != null) {
            modifiers.addAll(choices);
        }
        for (TicketLine child : ticket.lines()) {
            if (line.line().equals(child.parent())) {
                modifiers.add(modifier(child, dishes));
                below(child, dishes, ticket, modifiers);
            }
        }
    }

    private static String modifier(TicketLine line, Quantity dishes) {
        if (line.quantity().isNegative()) {
            return WITHOUT + line.name();
        }
        // Of each dish, if there is more than one.
        long each =
                dishes.isZero() ? 1 : line.quantity().thousandths() / dishes.abs().thousandths();
        return "+ " + (each > 1 ? each + " x " : "") + line.name();
    }
}
