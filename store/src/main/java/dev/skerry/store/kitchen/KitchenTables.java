package dev.skerry.store.kitchen;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Fact;
import dev.skerry.context.Handle;
import dev.skerry.language.Json;
import dev.skerry.language.kitchen.KitchenEvent;
import dev.skerry.language.kitchen.KitchenEvent.CourseFired;
import dev.skerry.language.kitchen.KitchenEvent.Cut;
import dev.skerry.language.kitchen.KitchenEvent.OrderLapsed;
import dev.skerry.language.kitchen.KitchenEvent.OrderReady;
import dev.skerry.language.kitchen.KitchenEvent.OrderServed;
import dev.skerry.language.kitchen.KitchenEvent.OrderStopped;
import dev.skerry.language.kitchen.KitchenEvent.TicketBumped;
import dev.skerry.language.kitchen.KitchenEvent.TicketCut;
import dev.skerry.language.kitchen.KitchenEvent.TicketMade;
import dev.skerry.language.kitchen.KitchenEvent.TicketRecalled;
import dev.skerry.language.kitchen.KitchenScreenEvent;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketGone;
import dev.skerry.language.kitchen.KitchenScreenEvent.TicketShown;
import dev.skerry.language.kitchen.Ticket;
import dev.skerry.language.kitchen.Ticket.State;
import dev.skerry.language.kitchen.TicketLine;
import dev.skerry.stream.sqlite.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All SQL of this context. What is searched for has a column; the rest is in the JSON beside it.
final class KitchenTables implements Book.State<Object> {

    /// Orders of which nothing is left to be made are forgotten after this, by the time of newer tickets.
    static final Duration KEPT = Duration.ofDays(40);

    static final Migrations MIGRATIONS =
            new Migrations(
                    "kitchen",
                    List.of(
                            """
                            CREATE TABLE ticket (
                              id TEXT PRIMARY KEY,
                              order_id TEXT NOT NULL,
                              place INTEGER NOT NULL,
                              station TEXT NOT NULL,
                              state TEXT NOT NULL,
                              made_at INTEGER NOT NULL,
                              fired_at INTEGER,
                              bumped_at INTEGER,
                              body TEXT NOT NULL
                            ) STRICT;
                            CREATE INDEX ticket_of ON ticket (order_id, place);
                            CREATE INDEX ticket_open ON ticket (station, made_at)
                              WHERE state IN ('HELD', 'FIRED', 'CANCELLED') AND bumped_at IS NULL;
                            CREATE INDEX ticket_bumped ON ticket (station, bumped_at) WHERE state = 'BUMPED';
                            CREATE TABLE kitchen_order (
                              id TEXT PRIMARY KEY,
                              number TEXT,
                              name TEXT NOT NULL,
                              fired_course INTEGER NOT NULL,
                              ready_at INTEGER,
                              complete INTEGER NOT NULL,
                              served_at INTEGER,
                              stopped INTEGER NOT NULL,
                              changed_at INTEGER NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            CREATE INDEX kitchen_order_unserved ON kitchen_order (changed_at)
                              WHERE served_at IS NULL AND stopped = 0;
                            CREATE INDEX kitchen_order_by_time ON kitchen_order (changed_at);
                            CREATE TABLE shown (
                              ticket TEXT PRIMARY KEY,
                              body TEXT NOT NULL
                            ) STRICT, WITHOUT ROWID;
                            """));

    // ---- the state, from events

    @Override
    public void apply(Fact<?> fact, Handle tables) {
        switch (fact.event()) {
            case KitchenEvent event -> {
                apply(event, tables);
                tables.execute(
                        "UPDATE kitchen_order SET changed_at = ? WHERE id = ?",
                        fact.at().toEpochMilli(),
                        event.order());
                if (event instanceof TicketMade) {
                    forget(fact.at().minus(KEPT), tables);
                }
            }
            case TicketShown shown ->
                    tables.execute(
                            "REPLACE INTO shown (ticket, body) VALUES (?, ?)",
                            shown.key(),
                            Json.write(shown));
            case TicketGone(String ticket) ->
                    tables.execute("DELETE FROM shown WHERE ticket = ?", ticket);
            default -> throw new IllegalArgumentException("no event of kitchen: " + fact.event());
        }
    }

    private static void apply(KitchenEvent event, Handle tables) {
        switch (event) {
            case TicketMade(Ticket ticket) -> made(ticket, tables);
            case TicketCut(String id, _, List<Cut> cuts, _) ->
                    change(id, tables, ticket -> cut(ticket, cuts));
            case OrderStopped(String order, List<String> ids, String reason, _) -> {
                ids.forEach(id -> change(id, tables, it -> it.cancelled(reason)));
                tables.execute("UPDATE kitchen_order SET stopped = 1 WHERE id = ?", order);
            }
            case CourseFired(String order, int course, List<String> ids, Instant at, _) -> {
                ids.forEach(id -> change(id, tables, it -> it.fired(at)));
                tables.execute(
                        "UPDATE kitchen_order SET fired_course = ? WHERE id = ?", course, order);
                goesOn(order, tables);
            }
            case TicketBumped(String id, _, Instant at, _, _) ->
                    change(id, tables, it -> it.bumped(at));
            case TicketRecalled(String id, String order, _, _, _) -> {
                change(id, tables, Ticket::recalled);
                goesOn(order, tables);
            }
            case OrderReady(String order, _, _, boolean complete, Instant at) ->
                    tables.execute(
                            "UPDATE kitchen_order SET ready_at = coalesce(ready_at, ?), complete = ?"
                                    + " WHERE id = ?",
                            at.toEpochMilli(),
                            complete ? 1 : 0,
                            order);
            case OrderServed(String order, _, Instant at, _) -> served(order, at, tables);
            case OrderLapsed(String order, List<String> ids, Instant at) -> {
                ids.forEach(id -> change(id, tables, it -> it.cancelled("lapsed").bumped(at)));
                served(order, at, tables);
            }
        }
    }

    private static void made(Ticket ticket, Handle tables) {
        tables.execute(
                "INSERT INTO kitchen_order (id, number, name, fired_course, complete, stopped,"
                        + " changed_at) VALUES (?, ?, ?, ?, 0, 0, 0) ON CONFLICT DO NOTHING",
                ticket.order(),
                ticket.number(),
                ticket.name(),
                ticket.course());
        Instant fired = ticket.firedAt();
        tables.execute(
                "INSERT INTO ticket (id, order_id, place, station, state, made_at, fired_at, body)"
                        + " VALUES (?, ?, (SELECT count(*) FROM ticket WHERE order_id = ?),"
                        + " ?, ?, ?, ?, ?)",
                ticket.id(),
                ticket.order(),
                ticket.order(),
                ticket.station(),
                ticket.state().name(),
                ticket.madeAt().toEpochMilli(),
                fired == null ? null : fired.toEpochMilli(),
                Json.write(ticket));
        goesOn(ticket.order(), tables);
    }

    /// There is something to do about an order again.
    private static void goesOn(String order, Handle tables) {
        tables.execute(
                "UPDATE kitchen_order SET ready_at = NULL, complete = 0, served_at = NULL"
                        + " WHERE id = ?",
                order);
    }

    private static void served(String order, Instant at, Handle tables) {
        tables.execute(
                "UPDATE kitchen_order SET served_at = ? WHERE id = ?", at.toEpochMilli(), order);
    }

    private static Ticket cut(Ticket ticket, List<Cut> cuts) {
        List<TicketLine> lines = new ArrayList<>(ticket.lines());
        for (Cut cut : cuts) {
            lines.replaceAll(it -> it.line().equals(cut.line()) ? it.cut(cut.quantity()) : it);
        }
        Ticket left = ticket.withLines(lines);
        boolean nothing = lines.stream().allMatch(it -> it.wanted().isZero());
        return nothing && !ticket.is(State.BUMPED) ? left.cancelled("taken out") : left;
    }

    private static void change(String id, Handle tables, UnaryOperator<Ticket> how) {
        ticket(id, tables)
                .map(how)
                .ifPresent(ticket -> {
                    Instant fired = ticket.firedAt();
                    Instant bumped = ticket.bumpedAt();
                    tables.execute(
                            "UPDATE ticket SET state = ?, fired_at = ?, bumped_at = ?, body = ?"
                                    + " WHERE id = ?",
                            ticket.state().name(),
                            fired == null ? null : fired.toEpochMilli(),
                            bumped == null ? null : bumped.toEpochMilli(),
                            Json.write(ticket),
                            id);
                });
    }

    private static void forget(Instant before, Handle tables) {
        List<String> orders =
                tables.createQuery(
                                "SELECT id FROM kitchen_order WHERE changed_at < ? AND NOT EXISTS"
                                        + " (SELECT 1 FROM ticket WHERE order_id = kitchen_order.id"
                                        + " AND state IN ('HELD', 'FIRED'))")
                        .bind(0, before.toEpochMilli())
                        .mapTo(String.class)
                        .list();
        for (String order : orders) {
            tables.execute("DELETE FROM ticket WHERE order_id = ?", order);
            tables.execute("DELETE FROM kitchen_order WHERE id = ?", order);
        }
    }

    @Override
    public void clear(Handle tables) {
        List.of("ticket", "kitchen_order", "shown")
                .forEach(table -> tables.execute("DELETE FROM " + table));
    }

    @Override
    public @Nullable String key(Object event) {
        return switch (event) {
            case KitchenEvent kitchen -> kitchen.order();
            case KitchenScreenEvent screen -> screen.key();
            default -> null;
        };
    }

    @Override
    public boolean isDeletion(Object event) {
        return event instanceof KitchenScreenEvent screen && screen.ends();
    }

    // ---- questions

    static Optional<Ticket> ticket(String id, Handle tables) {
        return tables.createQuery("SELECT body FROM ticket WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .findOne()
                .map(KitchenTables::ticket);
    }

    private static Ticket ticket(String body) {
        return Json.read(body, Ticket.class);
    }

    /// In the order in which they were made.
    static List<Ticket> tickets(String order, Handle tables) {
        return tables.createQuery("SELECT body FROM ticket WHERE order_id = ? ORDER BY place")
                .bind(0, order)
                .mapTo(String.class)
                .map(KitchenTables::ticket)
                .list();
    }

    /// Those with something to do, the oldest first.
    ///
    /// @param station empty for all
    static List<Ticket> open(String station, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM ticket WHERE state IN ('HELD', 'FIRED', 'CANCELLED')"
                                + " AND bumped_at IS NULL"
                                + " AND (state <> 'CANCELLED' OR fired_at IS NOT NULL)"
                                + " AND (? = '' OR station = ?) ORDER BY made_at, order_id, place LIMIT ?")
                .bind(0, station)
                .bind(1, station)
                .bind(2, max)
                .mapTo(String.class)
                .map(KitchenTables::ticket)
                .list();
    }

    /// The last first.
    static List<Ticket> bumped(String station, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT body FROM ticket WHERE state = 'BUMPED' AND station = ?"
                                + " ORDER BY bumped_at DESC, id DESC LIMIT ?")
                .bind(0, station)
                .bind(1, max)
                .mapTo(String.class)
                .map(KitchenTables::ticket)
                .list();
    }

    static List<String> stations(Handle tables) {
        return tables.createQuery("SELECT DISTINCT station FROM ticket ORDER BY station")
                .mapTo(String.class)
                .list();
    }

    static Optional<Progress> progress(String order, Handle tables) {
        return tables.createQuery(PROGRESS + " WHERE id = ?")
                .bind(0, order)
                .map((row, _) -> progress(row))
                .findOne();
    }

    /// Orders about which there is something to do still, the oldest first.
    ///
    /// @param completeToo they are handed over by somebody who says so
    static List<Progress> unserved(boolean completeToo, int max, Handle tables) {
        return tables.createQuery(
                        PROGRESS
                                + " WHERE served_at IS NULL AND stopped = 0 AND (? OR complete = 0)"
                                + " ORDER BY (SELECT min(made_at) FROM ticket"
                                + " WHERE order_id = kitchen_order.id), id LIMIT ?")
                .bind(0, completeToo)
                .bind(1, max)
                .map((row, _) -> progress(row))
                .list();
    }

    /// Orders about which nobody has done anything since then.
    static List<String> lapsed(Instant before, boolean completeToo, int max, Handle tables) {
        return tables.createQuery(
                        "SELECT id FROM kitchen_order WHERE served_at IS NULL AND stopped = 0"
                                + " AND (? OR complete = 0) AND changed_at < ?"
                                + " ORDER BY changed_at, id LIMIT ?")
                .bind(0, completeToo)
                .bind(1, before.toEpochMilli())
                .bind(2, max)
                .mapTo(String.class)
                .list();
    }

    /// What is shown, and has been forgotten.
    static List<String> leftOver(Handle tables) {
        return tables.createQuery(
                        "SELECT ticket FROM shown WHERE ticket NOT IN (SELECT id FROM ticket)")
                .mapTo(String.class)
                .list();
    }

    private static final String PROGRESS =
            "SELECT id, number, name, fired_course, ready_at, complete, served_at, stopped"
                    + " FROM kitchen_order";

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                instant(row, 5),
                row.getInt(6) == 1,
                instant(row, 7),
                row.getInt(8) == 1);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    static Optional<TicketShown> shown(String ticket, Handle tables) {
        return tables.createQuery("SELECT body FROM shown WHERE ticket = ?")
                .bind(0, ticket)
                .mapTo(String.class)
                .findOne()
                .map(body -> Json.read(body, TicketShown.class));
    }
}
