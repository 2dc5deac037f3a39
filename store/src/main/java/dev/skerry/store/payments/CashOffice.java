package dev.skerry.store.payments;

import dev.skerry.context.Book;
import dev.skerry.context.Book.Command;
import dev.skerry.context.Book.CommandIdReused;
import dev.skerry.context.Handle;
import dev.skerry.language.Money;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.BusinessDayClosed;
import dev.skerry.language.payments.PaymentEvent.BusinessDayOpened;
import dev.skerry.language.payments.PaymentEvent.DrawerCounted;
import dev.skerry.language.payments.PaymentEvent.DrawerOpened;
import dev.skerry.language.payments.PaymentEvent.PaidIn;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.PickedUp;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.PaymentEvent.ShiftOpened;
import dev.skerry.language.payments.Place;
import dev.skerry.language.payments.ZReport;
import dev.skerry.store.payments.ShiftResult.Done;
import dev.skerry.store.payments.ShiftResult.Refused;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Business days, and the shifts of the tills in them. One day is open at a time, and one shift at a till. Any thread.
public final class CashOffice {

    /// So much later than the store's own date, or than the last business day, one may be opened: for a night that belongs to the next
    /// day, and for a server whose clock fell back. A date from further ahead is a device's wrong clock or a slip, and no day before it
    /// could be opened any more.
    private static final int AHEAD_DAYS_MAX = 1;

    /// The most unfinished payments that are named when a shift cannot be closed.
    private static final int UNFINISHED_NAMED_MAX = 5;

    private final Book<PaymentEvent> book;
    private final PaymentsTables tables;
    private final PaymentsPolicy policy;
    private final ZoneId zone;

    CashOffice(Book<PaymentEvent> book, PaymentsTables tables, PaymentsPolicy policy, ZoneId zone) {
        this.book = book;
        this.tables = tables;
        this.policy = policy;
        this.zone = zone;
    }

    /// A business day, with its shifts.
    ///
    /// @param takings of the day, without what came after it was closed, or after a shift's Z
    /// @param supplement what came later; null if nothing did
    public record DayReport(
            BusinessDay day, List<Shift> shifts, Takings takings, @Nullable Takings supplement) {
        public DayReport {
            shifts = List.copyOf(shifts);
        }
    }

    // ---- queries

    /// The day that is open.
    public Optional<BusinessDay> today() {
        return book.query(tables::lastDay).filter(BusinessDay::open);
    }

    public Optional<DayReport> day(LocalDate day) {
        return book.query(handle ->
                tables.day(handle, day)
                        .map(it ->
                                new DayReport(
                                        it,
                                        tables.shifts(handle, day),
                                        tables.takings(handle, Span.ofDay(day).onTime()),
                                        supplement(handle, Span.ofDay(day).afterwards()))));
    }

    private @Nullable Takings supplement(Handle handle, Span span) {
        return tables.hasEntries(handle, span) ? tables.takings(handle, span) : null;
    }

    public Optional<Shift> openShift(String till) {
        return book.query(handle -> tables.openShift(handle, till));
    }

    public Optional<Shift> shift(String id) {
        return book.query(handle -> tables.shift(handle, id));
    }

    /// The shift as it stands: the X report, any time; and with its Z once there is one.
    public Optional<ShiftReport> report(String shift) {
        return book.query(handle ->
                tables.shift(handle, shift)
                        .map(it ->
                                ShiftReport.of(
                                        it,
                                        tables.takings(handle, Span.ofShift(shift).onTime()),
                                        supplement(handle, Span.ofShift(shift).afterwards()),
                                        policy.blindCount())));
    }

    // ---- days

    /// Opens a business day, which has to be later than all before it. May be said again.
    ///
    /// @param wanted null for the date that it is by the store's clock
    public BusinessDayResult open(@Nullable LocalDate wanted, String by) {
        Texts.words("by", by);
        LocalDate today = LocalDate.ofInstant(book.clock().instant(), zone);
        LocalDate day = wanted == null ? today : wanted;
        return book.write((handle, publish) -> {
            Optional<BusinessDay> last = tables.lastDay(handle);
            if (last.isPresent() && last.get().open()) {
                return last.get().day().equals(day)
                        ? new BusinessDayResult.Done(last.get())
                        : new BusinessDayResult.Refused(
                                Refusal.BUSINESS_DAY_OPEN,
                                "%s is open; close it first".formatted(last.get().day()));
            }
            if (last.isPresent() && !day.isAfter(last.get().day())) {
                return new BusinessDayResult.Refused(
                        Refusal.BUSINESS_DAY_OVER,
                        "%s is over, and a day is opened once".formatted(last.get().day()));
            }
            LocalDate latest = last.map(BusinessDay::day).filter(today::isBefore).orElse(today);
            if (day.isAfter(latest.plusDays(AHEAD_DAYS_MAX))) {
                return new BusinessDayResult.Refused(
                        Refusal.BUSINESS_DAY_AHEAD,
                        "%s has not come: at the store's server it is %s. Look at the clocks of both"
                                .formatted(day, today));
            }
            publish.accept(new BusinessDayOpened(day, by));
            return new BusinessDayResult.Done(tables.day(handle, day).orElseThrow());
        });
    }

    /// Closes it, once all its shifts are. What comes later for it is still taken, and shown apart. May be said again.
    public BusinessDayResult close(LocalDate day, String by) {
        Texts.words("by", by);
        return book.write((handle, publish) -> {
            Optional<BusinessDay> known = tables.day(handle, day);
            if (known.isEmpty()) {
                return new BusinessDayResult.Refused(
                        Refusal.NO_BUSINESS_DAY, day + " has never been opened");
            }
            if (!known.get().open()) {
                return new BusinessDayResult.Done(known.get());
            }
            List<String> open =
                    tables.shifts(handle, day).stream()
                            .filter(Shift::open)
                            .map(Shift::till)
                            .toList();
            if (!open.isEmpty()) {
                return new BusinessDayResult.Refused(
                        Refusal.SHIFTS_OPEN, "close the shifts of " + String.join(", ", open));
            }
            Takings takings = tables.takings(handle, Span.ofDay(day).onTime());
            publish.accept(new BusinessDayClosed(day, takings.byTender(), takings.rounding(), by));
            return new BusinessDayResult.Done(tables.day(handle, day).orElseThrow());
        });
    }

    // ---- shifts

    /// Opens a shift at a till, in the business day that is open. May be said again.
    public ShiftResult open(ShiftOpening opening) {
        if (isForeign(opening.cashFloat())) {
            return wrongCurrency();
        }
        return book.write((handle, publish) -> {
            Optional<Shift> known = tables.shift(handle, opening.shift());
            if (known.isPresent()) {
                return known.get().till().equals(opening.till())
                                && known.get().cashFloat().equals(opening.cashFloat())
                        ? new Done(known.get())
                        : new Refused(
                                Refusal.ID_USED,
                                "this id stands for another shift already; choose a new one");
            }
            Optional<BusinessDay> day = tables.lastDay(handle).filter(BusinessDay::open);
            if (day.isEmpty()) {
                return new Refused(
                        Refusal.NO_BUSINESS_DAY, "no business day is open; open one first");
            }
            Optional<Shift> other = tables.openShift(handle, opening.till());
            if (other.isPresent()) {
                return new Refused(
                        Refusal.SHIFT_OPEN,
                        "shift %s is open at %s; close it first"
                                .formatted(other.get().id(), opening.till()));
            }
            publish.accept(
                    new ShiftOpened(
                            opening.shift(),
                            opening.till(),
                            day.get().day(),
                            opening.cashFloat(),
                            opening.pieces(),
                            opening.by()));
            return new Done(tables.shift(handle, opening.shift()).orElseThrow());
        });
    }

    /// Cash that goes into the drawer, and not by a sale. May be said again.
    public ShiftResult payIn(DrawerMove move) {
        return move(
                move,
                "paid-in",
                false,
                (_, place) ->
                        new PaidIn(
                                move.shift(),
                                move.id(),
                                move.amount(),
                                move.reason(),
                                place,
                                move.by()));
    }

    /// Cash that goes out of the drawer, and not by a refund. May be said again.
    public ShiftResult payOut(DrawerMove move) {
        return move(
                move,
                "paid-out",
                true,
                (_, place) ->
                        new PaidOut(
                                move.shift(),
                                move.id(),
                                move.amount(),
                                move.reason(),
                                place,
                                move.by()));
    }

    /// Cash that is brought to the safe. May be said again.
    public ShiftResult pickUp(DrawerMove move) {
        return move(
                move,
                "pick-up",
                true,
                (_, place) ->
                        new PickedUp(
                                move.shift(),
                                move.id(),
                                move.amount(),
                                move.pieces(),
                                place,
                                move.by()));
    }

    /// What was counted in the drawer; the last count before the close holds. May be said again.
    public ShiftResult count(DrawerMove move) {
        return move(
                move,
                "count",
                false,
                (handle, _) ->
                        new DrawerCounted(
                                move.shift(),
                                move.id(),
                                move.amount(),
                                tables.drawer(handle, move.shift()),
                                move.pieces(),
                                move.by()));
    }

    /// What is written down about a drawer.
    @FunctionalInterface
    private interface Moving {
        PaymentEvent event(Handle handle, Place place);
    }

    private ShiftResult move(DrawerMove move, String what, boolean out, Moving moving) {
        if (isForeign(move.amount())) {
            return wrongCurrency();
        }
        boolean zeroMakesSense = what.equals("count");
        if (move.amount().isNegative() || (move.amount().isZero() && !zeroMakesSense)) {
            return new Refused(Refusal.WRONG_AMOUNT, "an amount is above 0, not " + move.amount());
        }
        Command command =
                new Command(
                        "drawer/" + move.id(),
                        "%s %s %s %s".formatted(what, move.shift(), move.amount(), move.reason()));
        try {
            return book.once(
                            command,
                            (handle, publish) -> {
                                Optional<Shift> shift = tables.shift(handle, move.shift());
                                if (shift.isEmpty()) {
                                    return noSuchShift(move.shift());
                                }
                                if (!shift.get().open()) {
                                    return new Refused(
                                            Refusal.SHIFT_CLOSED,
                                            "the shift is closed, and its Z does not change");
                                }
                                if (out
                                        && move.amount()
                                                        .compareTo(
                                                                tables.drawer(handle, move.shift()))
                                                > 0) {
                                    return new Refused(
                                            Refusal.NOT_IN_DRAWER,
                                            "there is not so much in the drawer");
                                }
                                publish.accept(
                                        moving.event(
                                                handle,
                                                new Place(
                                                        shift.get().till(),
                                                        shift.get().day(),
                                                        move.shift(),
                                                        false)));
                                return asItIs(handle, move.shift());
                            })
                    .orElseGet(() -> book.query(handle -> asItIs(handle, move.shift())));
        } catch (CommandIdReused _) {
            return new Refused(
                    Refusal.ID_USED, "this id stands for something else already; choose a new one");
        }
    }

    private ShiftResult asItIs(Handle handle, String shift) {
        return tables.shift(handle, shift)
                .<ShiftResult>map(Done::new)
                .orElseGet(() -> noSuchShift(shift));
    }

    private static Refused noSuchShift(String shift) {
        return new Refused(Refusal.NO_SUCH_SHIFT, "there is no shift " + shift);
    }

    private boolean isForeign(Money amount) {
        return !amount.currency().equals(policy.currency());
    }

    private Refused wrongCurrency() {
        return new Refused(
                Refusal.WRONG_CURRENCY, "this store takes " + policy.currency() + " only");
    }

    /// Writes down that a drawer was opened without a sale. May be said again.
    ///
    /// @param id the client's, unique for ever
    public void drawerOpened(String till, String id, String reason, String by) {
        Texts.id("till", till);
        Texts.id("id", id);
        Texts.words("reason", reason);
        Texts.words("by", by);
        book.once(
                new Command("drawer/" + id, "opened %s %s".formatted(till, reason)),
                (handle, publish) -> {
                    String shift = tables.openShift(handle, till).map(Shift::id).orElse(null);
                    publish.accept(new DrawerOpened(till, shift, id, reason, by));
                    return true;
                });
    }

    /// Ends a shift, and makes its Z. May be said again, and then gives the same Z.
    ///
    /// @param evenIfUnfinished though payments of this shift are neither completed nor cancelled; what becomes of them comes after the Z
    public ShiftResult close(String shift, boolean evenIfUnfinished, String by) {
        Texts.words("by", by);
        return book.write((handle, publish) -> {
            Optional<Shift> known = tables.shift(handle, shift);
            if (known.isEmpty()) {
                return noSuchShift(shift);
            }
            if (!known.get().open()) {
                return new Done(known.get());
            }
            List<String> unfinished = tables.unfinished(handle, shift, UNFINISHED_NAMED_MAX);
            if (!evenIfUnfinished && !unfinished.isEmpty()) {
                return new Refused(
                        Refusal.UNFINISHED_PAYMENTS,
                        "finish or cancel the payments of " + String.join(", ", unfinished));
            }
            Money counted = known.get().counted();
            if (counted == null) {
                return new Refused(
                        Refusal.NOT_COUNTED, "count the drawer: nobody has since cash last moved");
            }
            Takings takings = tables.takings(handle, Span.ofShift(shift).onTime());
            publish.accept(
                    new ShiftClosed(
                            shift,
                            z(
                                    known.get(),
                                    tables.lastZ(handle, known.get().till()) + 1,
                                    takings,
                                    counted,
                                    by)));
            return new Done(tables.shift(handle, shift).orElseThrow());
        });
    }

    private static ZReport z(Shift shift, int number, Takings takings, Money counted, String by) {
        return new ZReport(
                shift.till(),
                number,
                shift.id(),
                shift.day(),
                shift.openedBy(),
                by,
                takings.payments(),
                takings.byTender(),
                takings.rounding(),
                takings.cashFloat(),
                takings.paidIn(),
                takings.paidOut(),
                takings.pickedUp(),
                takings.drawer(),
                counted,
                counted.minus(takings.drawer()));
    }
}
