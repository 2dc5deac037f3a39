package dev.skerry.store.printing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.payments.PaymentEvent;
import dev.skerry.language.payments.PaymentEvent.PaidIn;
import dev.skerry.language.payments.PaymentEvent.PaidOut;
import dev.skerry.language.payments.PaymentEvent.PickedUp;
import dev.skerry.language.payments.PaymentEvent.ShiftClosed;
import dev.skerry.language.payments.Pieces;
import dev.skerry.language.payments.ZReport;
import dev.skerry.language.printing.Slip;
import dev.skerry.language.printing.Slip.Kind;
import dev.skerry.language.printing.Slip.Row;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes slips of what happens in the cash office. A label that is a key has its word when it is printed.
final class CashPaper {

    private CashPaper() {}

    /// @param id of the slip: the same event makes the same
    record Sheet(String id, String device, Slip slip) {}

    /// @param at store-local
    /// @return empty if there is nothing to print
    static Optional<Sheet> of(PaymentEvent event, LocalDateTime at) {
        return switch (event) {
            case ShiftClosed(String shift, ZReport z) ->
                    Optional.of(new Sheet("z-" + shift, z.till(), z(z, at)));
            case PickedUp up ->
                    Optional.of(
                            new Sheet(
                                    "pick-up-" + up.shift() + "-" + up.id(),
                                    up.place().till(),
                                    moved(
                                            Kind.PICK_UP,
                                            up.amount(),
                                            pieces(up.pieces()),
                                            up.place().till(),
                                            up.by(),
                                            at)));
            case PaidIn in ->
                    Optional.of(
                            new Sheet(
                                    "paid-in-" + in.shift() + "-" + in.id(),
                                    in.place().till(),
                                    moved(
                                            Kind.PAID_IN,
                                            in.amount(),
                                            List.of(Row.of("reason", in.reason())),
                                            in.place().till(),
                                            in.by(),
                                            at)));
            case PaidOut out ->
                    Optional.of(
                            new Sheet(
                                    "paid-out-" + out.shift() + "-" + out.id(),
                                    out.place().till(),
                                    moved(
                                            Kind.PAID_OUT,
                                            out.amount(),
                                            List.of(Row.of("reason", out.reason())),
                                            out.place().till(),
                                            out.by(),
                                            at)));
            default -> Optional.empty();
        };
    }

    private static Slip z(ZReport z, LocalDateTime at) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("row.day", z.day().toString()));
        rows.add(Row.of("row.opened-by", z.openedBy()));
        rows.add(new Row("row.payments", Quantity.of(z.payments()), null, null, Slip.Style.NORMAL));
        rows.addAll(Slip.takings(z.takings(), z.cashFloat().currency()));
        if (!z.rounding().isZero()) {
            rows.add(Row.of("rounding", z.rounding()));
        }
        rows.add(Row.heading("row.drawer"));
        rows.add(Row.of("row.float", z.cashFloat()));
        rows.add(Row.of("row.paid-in", z.paidIn()));
        rows.add(Row.of("row.paid-out", z.paidOut()));
        rows.add(Row.of("row.picked-up", z.pickedUp()));
        rows.add(Row.of("row.expected", z.expectedCash()));
        rows.add(Row.of("row.counted", z.countedCash()));
        rows.add(Row.total("row.over-short", z.overShort()));
        return new Slip(
                Kind.Z_REPORT,
                "",
                String.valueOf(z.number()),
                at,
                z.closedBy(),
                z.till(),
                rows,
                List.of("row.signature"),
                false);
    }

    private static List<Row> pieces(List<Pieces> pieces) {
        return pieces.stream()
                .filter(it -> it.count() > 0)
                .map(it ->
                        Row.of(
                                it.value().amount().toPlainString(),
                                it.count(),
                                it.value().times(it.count())))
                .toList();
    }

    private static Slip moved(
            Kind kind, Money amount, List<Row> more, String till, String by, LocalDateTime at) {
        List<Row> rows = new ArrayList<>(more);
        rows.add(Row.total("row.amount", amount));
        return new Slip(kind, "", null, at, by, till, rows, List.of("row.signature"), false);
    }
}
