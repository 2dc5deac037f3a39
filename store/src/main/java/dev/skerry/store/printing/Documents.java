package dev.skerry.store.printing;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderEvent.OrderVoided;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderTax;
import dev.skerry.language.orders.OrderTender;
import dev.skerry.language.printing.KitchenTicket;
import dev.skerry.language.printing.Letterhead;
import dev.skerry.language.printing.Printout;
import dev.skerry.language.printing.Slip;
import dev.skerry.store.printing.Document.Block;
import dev.skerry.store.printing.Document.Sheet;
import dev.skerry.store.printing.Document.Style;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says in the words of a language what a printout says. For one thread.
final class Documents {

    private static final int CUSTOMER_DIGITS_SHOWN = 4;

    /// The kind of what is taken off for an ingredient that is left out.
    private static final String WITHOUT = "WITHOUT";

    private final Letterhead letterhead;
    private final Wording words;
    private final Marks marks;
    private final Sheet sheet = new Sheet();

    private Documents(Letterhead letterhead, Wording words, Marks marks) {
        this.letterhead = letterhead;
        this.words = words;
        this.marks = marks;
    }

    /// @param language BCP 47
    static Document of(Printout what, Letterhead letterhead, String language, Marks marks) {
        Documents documents = new Documents(letterhead, new Wording(language), marks);
        boolean drawer = documents.say(what);
        documents.banners(what);
        return documents.sheet.done(documents.words.language(), drawer && marks.drawer());
    }

    /// @return whether the drawer is to open for it
    private boolean say(Printout what) {
        return switch (what) {
            case Printout.Receipt(Order order, boolean gift, _, _) -> {
                top(what);
                if (gift) {
                    gift(order);
                    yield false;
                }
                receipt(what, order);
                yield paidInCash(order);
            }
            case Printout.VoidReceipt(OrderVoided voided, @Nullable Order order) -> {
                top(what);
                voided(voided, order);
                yield voided.refunds().stream().anyMatch(it -> it.kind().equals("CASH"));
            }
            case Printout.Ticket(KitchenTicket ticket) -> {
                banners(what);
                ticket(ticket);
                yield false;
            }
            case Printout.Report(Slip slip) -> {
                top(what);
                slip(slip);
                yield slip.drawer();
            }
            case Printout.TestPage(String title) -> {
                top(what);
                test(title);
                yield false;
            }
        };
    }

    private static boolean paidInCash(Order order) {
        return !order.change().isZero()
                || order.tenders().stream()
                        .anyMatch(it -> it.kind().equals("CASH") && !it.amount().isZero());
    }

    // ---- what all have

    private void top(Printout what) {
        if (!letterhead.name().isEmpty()) {
            sheet.centred(letterhead.name(), Style.BIG);
        }
        letterhead.address().forEach(line -> sheet.centred(line, Style.NORMAL));
        if (!letterhead.taxNumber().isEmpty()) {
            sheet.centred(words.filled("tax-number", letterhead.taxNumber()), Style.NORMAL);
        }
        sheet.ruler();
        banners(what);
    }

    /// At the top, where it is read, and at the bottom, so that it cannot be torn off unseen.
    private void banners(Printout what) {
        if (what instanceof Printout.Receipt receipt && receipt.training()) {
            sheet.centred(words.word("training"), Style.BIG);
        }
        if (what instanceof Printout.Receipt receipt && receipt.voided()) {
            sheet.centred(words.word("voided"), Style.BIG);
        }
        if (marks.duplicate()) {
            sheet.centred(words.word("duplicate"), Style.BIG);
        }
        if (marks.uncertain()) {
            sheet.centred(words.word("uncertain"), Style.BIG);
        }
        String other = marks.insteadOf();
        if (other != null) {
            sheet.centred(words.filled("instead", other), Style.STRONG);
        }
    }

    private void footer() {
        if (!letterhead.footer().isEmpty()) {
            sheet.gap();
            letterhead.footer().forEach(line -> sheet.centred(line, Style.NORMAL));
        }
    }

    private void scan(String receipt) {
        sheet.gap().add(new Block.Scan(receipt)).centred(receipt, Style.NORMAL);
    }

    private void guest(@Nullable String number, @Nullable String name) {
        if (number != null) {
            sheet.centred(words.word("number"), Style.NORMAL).centred(number, Style.BIG);
        }
        if (name != null && !name.isEmpty()) {
            sheet.centred(name, Style.TALL);
        }
        if (number != null || (name != null && !name.isEmpty())) {
            sheet.ruler();
        }
    }

    // ---- receipts

    private void receipt(Printout what, Order order) {
        List<OrderLine> lines = order.lines().stream().filter(it -> !it.voided()).toList();
        boolean back = lines.stream().anyMatch(it -> it.quantity().isNegative() && !it.leavesOut());
        boolean sold = lines.stream().anyMatch(it -> !it.quantity().isNegative());
        if (back) {
            sheet.centred(words.word(sold ? "exchange" : "return"), Style.TALL);
        }
        guest(order.number(), order.name());
        facts(order);
        sheet.ruler();
        Map<String, String> letters = letters(order.taxes());
        sheet.row("", order.total().currency().getCurrencyCode() + tail(letters, null));
        lines.forEach(line -> line(line, lines, letters));
        sheet.ruler();
        totals(order, lines, letters);
        tenders(order, letters);
        taxes(order, letters);
        thanks(order);
        if (!(what instanceof Printout.Receipt it && it.training())) {
            scan(order.receipt().toString());
            String link = letterhead.link();
            if (link != null) {
                sheet.gap()
                        .add(new Block.Qr(link.replace("{receipt}", order.receipt().toString())));
            }
        }
        footer();
    }

    private void facts(Order order) {
        sheet.row(words.word("receipt-number"), order.receipt().toString());
        sheet.row(words.word("date"), words.dateTime(order.at()));
        if (!order.cashier().isEmpty()) {
            sheet.row(words.word("cashier"), order.cashier());
        }
        String customer = order.customer();
        if (customer != null) {
            // Whoever finds the paper shall not be able to use the account.
            int shown = Math.min(CUSTOMER_DIGITS_SHOWN, customer.length() / 2);
            sheet.row(
                    words.word("customer"), "****" + customer.substring(customer.length() - shown));
        }
    }

    /// Each rate of tax has a letter.
    private static Map<String, String> letters(List<OrderTax> taxes) {
        Map<String, String> letters = new HashMap<>();
        for (int i = 0; i < taxes.size(); i++) {
            String letter = letter(i);
            letters.putIfAbsent(taxes.get(i).category(), letter);
            List<String> categories = taxes.get(i).categories();
            if (categories != null) {
                categories.forEach(it -> letters.putIfAbsent(it, letter));
            }
        }
        return letters;
    }

    private static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : String.valueOf(index + 1);
    }

    /// What stands behind an amount, so that amounts are below each other.
    private static String tail(Map<String, String> letters, @Nullable String category) {
        if (letters.isEmpty()) {
            return "";
        }
        return " " + (category == null ? " " : letters.getOrDefault(category, " "));
    }

    private void line(OrderLine line, List<OrderLine> all, Map<String, String> letters) {
        int indent = depth(line, all) * 2;
        Style style = Style.NORMAL;
        if (line.leavesOut()) {
            // With its price, if that is taken off, it stands below its dish already.
            if (all.stream().noneMatch(it -> takesOff(line, it))) {
                sheet.row(words.filled("without", line.name()), "", indent, style);
            }
            return;
        }
        if (partOf(line) || all.stream().anyMatch(it -> partOf(it) && isBelow(it, line))) {
            combo(line, all, letters, indent);
            return;
        }
        // What costs nothing with what it belongs to has no price to show: no onions.
        boolean free = indent > 0 && line.gross().isZero();
        sheet.row(
                line.name(),
                free ? "" : words.amount(line.gross()) + tail(letters, line.taxCategory()),
                indent,
                style);
        if (!(line.quantity().equals(Quantity.ONE) && line.unit().equals("PIECE"))
                && !(free && line.quantity().equals(Quantity.ONE))) {
            sheet.row(free ? many(line) : many(line) + " x " + each(line), "", indent + 2, style);
        }
        below(line, letters, indent);
    }

    /// A combo's price stands beside its name, and beside its parts the letters of their taxes.
    private void combo(
            OrderLine line, List<OrderLine> all, Map<String, String> letters, int indent) {
        String many = line.quantity().equals(Quantity.ONE) ? "" : many(line) + " x ";
        if (partOf(line)) {
            sheet.row(line.name(), tail(letters, line.taxCategory()), indent, Style.NORMAL);
        } else {
            Money whole =
                    all.stream()
                            .filter(it -> partOf(it) && isBelow(it, line))
                            .map(OrderLine::gross)
                            .reduce(line.gross(), Money::plus);
            sheet.row(
                    many + line.name(),
                    words.amount(whole) + tail(letters, null),
                    indent,
                    Style.NORMAL);
        }
        below(line, letters, indent);
    }

    private static boolean partOf(OrderLine line) {
        return line.priceSource().equals("COMBO");
    }

    private static boolean isBelow(OrderLine line, OrderLine above) {
        return above.id().equals(line.parent());
    }

    private static boolean takesOff(OrderLine leftOut, OrderLine dish) {
        return isBelow(leftOut, dish)
                && dish.discounts().stream()
                        .anyMatch(it ->
                                it.kind().equals(WITHOUT) && leftOut.sku().value().equals(it.id()));
    }

    private void below(OrderLine line, Map<String, String> letters, int indent) {
        Style style = Style.NORMAL;
        List<String> choices = line.choices();
        if (choices != null) {
            choices.forEach(it -> sheet.row(it, "", indent + 2, style));
        }
        for (OrderDiscount discount : line.discounts()) {
            sheet.row(
                    discount.kind().equals(WITHOUT)
                            ? words.filled("without", discount.name())
                            : discount.name(),
                    words.amount(discount.amount().negated()) + tail(letters, null),
                    indent + 2,
                    style);
        }
        if (line.returnOf() != null || line.returnReason() != null) {
            String reason = line.returnReason();
            sheet.row(
                    reason == null
                            ? words.word("returned-plain")
                            : words.filled("returned", reason),
                    "",
                    indent + 2,
                    style);
        }
        if (line.note() != null) {
            sheet.row(line.note(), "", indent + 2, style);
        }
    }

    private static int depth(OrderLine line, List<OrderLine> all) {
        int depth = 0;
        String parent = line.parent();
        while (parent != null && depth < 3) {
            depth++;
            String above = parent;
            parent =
                    all.stream()
                            .filter(it -> it.id().equals(above))
                            .findFirst()
                            .map(OrderLine::parent)
                            .orElse(null);
        }
        return depth;
    }

    private String many(OrderLine line) {
        return (words.quantity(line.quantity()) + " " + unit(line)).strip();
    }

    private String each(OrderLine line) {
        String unit = unit(line);
        return words.amount(line.unitPrice()) + (unit.isEmpty() ? "" : "/" + unit);
    }

    private String unit(OrderLine line) {
        return words.word("unit." + line.unit(), line.unit());
    }

    private void totals(Order order, List<OrderLine> lines, Map<String, String> letters) {
        String currency = order.total().currency().getCurrencyCode();
        Money net =
                lines.stream()
                        .map(OrderLine::net)
                        .reduce(Money.zero(order.total().currency()), Money::plus);
        boolean discounted = lines.stream().anyMatch(it -> !it.discounts().isEmpty());
        if (discounted || !order.taxIncluded() || !order.rounding().isZero()) {
            sheet.row(words.word("subtotal"), words.amount(net) + tail(letters, null));
        }
        if (!order.taxIncluded()) {
            for (OrderTax tax : order.taxes()) {
                sheet.row(
                        words.filled("tax-added", words.percent(tax.rate())),
                        words.amount(tax.tax()) + tail(letters, tax.category()));
            }
        }
        boolean refund = order.total().isNegative();
        sheet.row(
                words.filled(refund ? "refund" : "total", currency),
                words.amount(order.total().abs()) + tail(letters, null),
                0,
                Style.TALL);
        if (!order.rounding().isZero()) {
            Money due = order.total().plus(order.rounding());
            sheet.row(
                    words.word("rounding"),
                    words.amount(refund ? order.rounding().negated() : order.rounding())
                            + tail(letters, null));
            sheet.row(
                    words.filled(refund ? "to-refund" : "to-pay", currency),
                    words.amount(due.abs()) + tail(letters, null),
                    0,
                    Style.STRONG);
        }
    }

    private void tenders(Order order, Map<String, String> letters) {
        boolean refund = order.total().isNegative();
        for (OrderTender tender : order.tenders()) {
            Money amount = refund ? tender.amount().negated() : tender.amount();
            sheet.row(tenderName(tender), words.amount(amount) + tail(letters, null));
            String detail = tender.detail();
            if (detail != null) {
                sheet.row(detail, "", 2, Style.NORMAL);
            }
        }
        if (!order.change().isZero()) {
            sheet.row(words.word("change"), words.amount(order.change()) + tail(letters, null));
        }
    }

    private String tenderName(OrderTender tender) {
        return words.word("tender." + tender.kind(), tender.kind());
    }

    private void taxes(Order order, Map<String, String> letters) {
        if (order.taxes().isEmpty()) {
            return;
        }
        sheet.ruler();
        sheet.add(
                new Block.Grid(
                        List.of(
                                words.word("tax"),
                                words.word("net"),
                                words.word("tax-amount"),
                                words.word("gross")),
                        order.taxes().stream()
                                .map(tax ->
                                        List.of(
                                                letters.getOrDefault(tax.category(), " ")
                                                        + " "
                                                        + words.percent(tax.rate()),
                                                words.amount(tax.net()),
                                                words.amount(tax.tax()),
                                                words.amount(tax.gross())))
                                .toList()));
    }

    private void thanks(Order order) {
        Money saved =
                order.discounts().stream()
                        .map(OrderDiscount::amount)
                        .filter(Money::isPositive)
                        .reduce(Money.zero(order.total().currency()), Money::plus);
        if (saved.isPositive() || order.points() != 0 || order.pointsSpent() != null) {
            sheet.ruler();
        }
        if (saved.isPositive()) {
            sheet.row(
                    words.word("saved"),
                    saved.currency().getCurrencyCode() + " " + words.amount(saved),
                    0,
                    Style.STRONG);
        }
        Long spent = order.pointsSpent();
        if (spent != null) {
            sheet.row(words.word("points-spent"), words.count(spent));
        }
        if (order.points() != 0) {
            sheet.row(words.word("points"), words.count(order.points()), 0, Style.STRONG);
        }
    }

    private void gift(Order order) {
        sheet.centred(words.word("gift"), Style.TALL).gap();
        sheet.row(words.word("receipt-number"), order.receipt().toString());
        sheet.row(words.word("date"), words.dateTime(order.at()));
        sheet.ruler();
        List<OrderLine> lines =
                order.lines().stream()
                        .filter(it -> !it.voided() && it.quantity().isPositive())
                        .toList();
        for (OrderLine line : lines) {
            sheet.row(line.name(), many(line), depth(line, lines) * 2, Style.NORMAL);
        }
        sheet.ruler().centred(words.word("gift-hint"), Style.NORMAL);
        scan(order.receipt().toString());
        footer();
    }

    private void voided(OrderVoided voided, @Nullable Order order) {
        sheet.centred(words.word("void"), Style.TALL);
        sheet.row(words.word("receipt-number"), voided.receipt().toString());
        if (order != null) {
            sheet.row(words.word("void-of"), order.receipt().toString());
        }
        sheet.row(words.word("cashier"), voided.cashier());
        sheet.row(words.word("approved-by"), voided.approvedBy());
        sheet.row(words.word("reason"), voided.reason());
        sheet.ruler();
        String tail = "";
        if (order != null) {
            Map<String, String> letters = letters(order.taxes());
            tail = tail(letters, null);
            List<OrderLine> lines = order.lines().stream().filter(it -> !it.voided()).toList();
            lines.forEach(line -> line(line, lines, letters));
            sheet.ruler();
            if (!order.rounding().isZero()) {
                sheet.row(
                        words.word("rounding"),
                        words.amount(order.rounding()) + tail(letters, null));
            }
        }
        refunds(voided, tail);
        sign(List.of(words.word("sign-customer"), words.word("sign-cashier")));
        scan(voided.receipt().toString());
    }

    /// What goes back stands as what it is, not as less than nothing.
    private void refunds(OrderVoided voided, String tail) {
        voided.refunds().stream()
                .map(OrderTender::amount)
                .reduce(Money::plus)
                .ifPresent(sum ->
                        sheet.row(
                                words.filled(
                                        sum.isPositive() ? "total" : "refund",
                                        sum.currency().getCurrencyCode()),
                                words.amount(sum.abs()) + tail,
                                0,
                                Style.TALL));
        for (OrderTender refund : voided.refunds()) {
            sheet.row(tenderName(refund), words.amount(refund.amount().negated()) + tail);
            String detail = refund.detail();
            if (detail != null) {
                sheet.row(detail, "", 2, Style.NORMAL);
            }
        }
    }

    private void sign(List<String> names) {
        for (String name : names) {
            sheet.gap().gap().add(new Block.Ruler()).left(name, Style.NORMAL);
        }
    }

    // ---- kitchen

    private void ticket(KitchenTicket ticket) {
        String change = words.word("kitchen." + ticket.change(), "");
        if (!change.isEmpty()) {
            sheet.centred(change, Style.BIG);
        }
        String number = ticket.number();
        if (number != null) {
            sheet.centred(number, Style.BIG);
        }
        if (!ticket.name().isEmpty()) {
            sheet.centred(ticket.name(), Style.BIG);
        }
        sheet.row(
                words.word("source." + ticket.source()) + " - " + ticket.station(),
                words.time(ticket.at()),
                0,
                Style.STRONG);
        sheet.ruler();
        for (KitchenTicket.Dish dish : ticket.dishes()) {
            // From across the kitchen, how many matters first.
            sheet.left(words.quantity(dish.quantity()) + " x " + made(dish.name()), Style.TALL);
            dish.modifiers().forEach(it -> sheet.row(made(it), "", 4, Style.STRONG));
            if (dish.note() != null) {
                sheet.row("! " + dish.note(), "", 4, Style.STRONG);
            }
        }
        if (ticket.note() != null) {
            sheet.ruler().left("! " + ticket.note(), Style.TALL);
        }
        sheet.ruler();
        if (!change.isEmpty()) {
            sheet.centred(change, Style.BIG);
        }
    }

    private String made(String name) {
        return name.startsWith(KitchenPaper.WITHOUT)
                ? words.filled("without", name.substring(KitchenPaper.WITHOUT.length()))
                : name;
    }

    // ---- cash office

    private void slip(Slip slip) {
        String kind = words.word("slip." + slip.kind(), "");
        if (!kind.isEmpty()) {
            sheet.centred(kind, Style.BIG);
        }
        if (!slip.title().isEmpty()) {
            sheet.centred(slip.title(), kind.isEmpty() ? Style.BIG : Style.STRONG);
        }
        String number = slip.number();
        if (number != null) {
            sheet.row(words.word("slip-number"), number);
        }
        sheet.row(words.word("date"), words.dateTime(slip.at()));
        if (!slip.device().isEmpty()) {
            sheet.row(words.word("till"), slip.device());
        }
        if (!slip.by().isEmpty()) {
            sheet.row(words.word("by"), slip.by());
        }
        sheet.ruler();
        for (Slip.Row row : slip.rows()) {
            String label = words.word(row.label(), row.label());
            if (row.style() == Slip.Style.HEADING) {
                sheet.gap().left(label, Style.STRONG);
                continue;
            }
            Quantity count = row.count();
            Money amount = row.amount();
            String text = row.text();
            String right = amount != null ? words.amount(amount) : text == null ? "" : text;
            String counted = count == null ? "" : words.quantity(count) + " x ";
            Style style = row.style() == Slip.Style.TOTAL ? Style.STRONG : Style.NORMAL;
            if (amount == null && text == null && count != null) {
                sheet.row(label, words.quantity(count), 0, style);
            } else {
                sheet.row(counted + label, right, 0, style);
            }
        }
        sign(slip.signatures().stream().map(it -> words.word(it, it)).toList());
        sheet.gap();
    }

    private void test(String title) {
        sheet.centred(words.word("test"), Style.BIG);
        sheet.centred(title, Style.STRONG);
        sheet.left(words.word("test-letters"), Style.NORMAL);
        sheet.row("1.234,56", "1,234.56", 0, Style.TALL);
        sheet.add(new Block.Scan("0042-till1-20260301-0001"));
        sheet.add(new Block.Qr("https://skerry.dev"));
        sheet.left(words.word("test-hint"), Style.NORMAL);
        sheet.add(new Block.Ruler());
    }
}
