package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Rounding;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.Basket.Discount;
import dev.skerry.store.orders.Basket.Draft;
import dev.skerry.store.orders.Basket.Line;
import dev.skerry.store.orders.Basket.Line.Given;
import dev.skerry.store.orders.Basket.Line.Part;
import dev.skerry.store.orders.Basket.Status;
import dev.skerry.store.orders.BasketResult.AgeLimit;
import dev.skerry.store.orders.BasketResult.Refusal;
import dev.skerry.store.orders.Goods.Found;
import dev.skerry.store.orders.Orders.Holder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a command makes of a basket. Looks articles and orders up, and changes nothing but the draft.
final class BasketRules {

    /// The command is refused.
    static final class No extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Refusal why;
        private final transient @Nullable AgeLimit age;

        No(Refusal why, String detail) {
            this(why, detail, null);
        }

        No(Refusal why, String detail, @Nullable AgeLimit age) {
            super(detail, null, false, false);
            this.why = why;
            this.age = age;
        }

        BasketResult.Refused result() {
            return new BasketResult.Refused(why, String.valueOf(getMessage()), age);
        }
    }

    /// What has been bought, and how much of it has come back.
    interface Bought {
        Optional<PaidOrder> order(String id);

        Quantity returned(String order, String line);
    }

    /// Of what another system has sold: wholesalers sell by the ten thousand.
    private static final Quantity QUANTITY_GIVEN_MAX = Quantity.of(1_000_000);

    /// How many checks are split off at once.
    static final int CHECKS_MAX = 50;

    private final Goods goods;
    private final Bought bought;
    private final Coupons coupons;
    private final OrderPolicy policy;

    BasketRules(Goods goods, Bought bought, Coupons coupons, OrderPolicy policy) {
        this.goods = goods;
        this.bought = bought;
        this.coupons = coupons;
        this.policy = policy;
    }

    /// @param at store-local
    /// @return what was done, in a word
    /// @throws No if it is refused
    String decide(Basket basket, Draft draft, BasketCommand command, LocalDateTime at) {
        if (command instanceof BasketCommand.StopPaying) {
            require(basket.status() == Status.PAYING, "is not being paid");
            draft.status = Status.OPEN;
            return "payment stopped";
        }
        require(
                basket.status() == Status.OPEN,
                basket.status() == Status.PAYING
                        ? "is being paid: stop the payment first"
                        : "is suspended: recall it first");
        return switch (command) {
            case BasketCommand.Scan scan -> scan(basket, draft, scan, at);
            case BasketCommand.Add add -> add(basket, draft, add, at);
            case BasketCommand.AddGiven given -> addGiven(basket, draft, given, at);
            case BasketCommand.ChangeQuantity(String line, Quantity quantity) ->
                    changeQuantity(basket, draft, line, quantity);
            case BasketCommand.VoidLine(String line) -> {
                if (live(basket, line).part() != null) {
                    throw new No(
                            Refusal.WRONG_CHOICE,
                            "it belongs to a dish: void that, and add it anew as it is wanted");
                }
                draft.change(line, Line::asVoided);
                yield "line voided";
            }
            case BasketCommand.OverridePrice override -> override(basket, draft, override);
            case BasketCommand.DiscountLine(String id, Discount off, String by) -> {
                Line line = discountable(basket, id);
                requireAllowed(off, share(basket, line), by);
                draft.lines.replaceAll(it -> it.id().equals(id) ? it.with(it.override(), off) : it);
                draft.approve(by);
                yield "line discounted";
            }
            case BasketCommand.DiscountAll(Discount off, String by) -> {
                requireAllowed(off, basket.priced().total(), by);
                draft.discount = off;
                draft.approve(by);
                yield "discounted";
            }
            case BasketCommand.SetCourse(String line, int course) -> {
                requireNotSent(live(basket, line));
                if (course < 1 || course > BasketCommand.COURSES_MAX) {
                    throw new No(
                            Refusal.WRONG_QUANTITY,
                            "courses count from 1 to " + BasketCommand.COURSES_MAX);
                }
                draft.change(line, it -> it.inCourse(course));
                yield "course";
            }
            case BasketCommand.Seat(String table, Integer guests) -> {
                seat(draft, table, guests);
                yield "seated";
            }
            case BasketCommand.Send() -> {
                if (basket.live().stream().allMatch(it -> it.sent() != null)) {
                    throw new No(Refusal.NOTHING_TO_PAY, "the kitchen was told of all of it");
                }
                if (policy.paysFirst(basket.source())) {
                    throw new No(
                            Refusal.NOT_NOW,
                            "what is ordered at a kiosk goes to the kitchen when it is paid");
                }
                requireAvailable(draft, at);
                draft.send();
                yield "sent";
            }
            case BasketCommand.Note(String line, String text) -> {
                requireNotSent(live(basket, line));
                draft.lines.replaceAll(it ->
                        it.id().equals(line) ? it.withNote(text.isEmpty() ? null : text) : it);
                yield "noted";
            }
            case BasketCommand.SetCustomer(String customer) -> {
                if (!Objects.equals(customer, draft.customer)) {
                    // They were somebody's points.
                    draft.rewards.clear();
                }
                draft.customer = customer;
                yield "customer";
            }
            case BasketCommand.AddCoupon(String code) -> {
                if (!draft.coupons.contains(code)) {
                    requireRoom(draft.coupons.size(), Basket.COUPONS_MAX, "coupons");
                    coupons.refused(code, draft.customer)
                            .ifPresent(why -> {
                                throw new No(Refusal.COUPON_REFUSED, why);
                            });
                    draft.coupons.add(code);
                }
                yield "coupon";
            }
            case BasketCommand.RemoveCoupon(String code) -> {
                draft.coupons.remove(code);
                yield "coupon removed";
            }
            case BasketCommand.Redeem(String reward, int times) -> {
                if (draft.customer == null) {
                    throw new No(
                            Refusal.CUSTOMER_NEEDED,
                            "points are a customer's: scan the customer's card first");
                }
                draft.rewards.removeIf(it -> it.reward().equals(reward));
                requireRoom(draft.rewards.size(), Basket.REDEMPTIONS_MAX, "rewards");
                draft.rewards.add(new Basket.Redemption(reward, times));
                yield "redeemed";
            }
            case BasketCommand.RemoveRedemption(String reward) -> {
                draft.rewards.removeIf(it -> it.reward().equals(reward));
                yield "redemption removed";
            }
            case BasketCommand.CheckAge(int years) -> {
                draft.ageChecked = Math.max(draft.ageChecked, years);
                yield "age checked";
            }
            case BasketCommand.Suspend(String name) -> {
                draft.status = Status.SUSPENDED;
                draft.name = name.isEmpty() ? draft.name : name;
                yield "suspended";
            }
            case BasketCommand.Return back -> giveBack(basket, draft, back);
            case BasketCommand.ReturnWithoutReceipt back -> giveBack(basket, draft, back, at);
            case BasketCommand.Pay() -> pay(basket, draft, at);
            case BasketCommand.StopPaying() -> throw new AssertionError("decided above");
        };
    }

    /// @throws No if there is no such table
    static void seat(Draft draft, @Nullable String table, @Nullable Integer guests) {
        if (table != null && (table.isBlank() || table.length() > BasketCommand.TABLE_LENGTH_MAX)) {
            throw new No(
                    Refusal.NOT_NOW,
                    "a table has a name of 1 to %d characters"
                            .formatted(BasketCommand.TABLE_LENGTH_MAX));
        }
        if (guests != null && (guests < 1 || guests > BasketCommand.GUESTS_MAX)) {
            throw new No(
                    Refusal.WRONG_QUANTITY,
                    "1 to %d guests, not %d".formatted(BasketCommand.GUESTS_MAX, guests));
        }
        draft.table = table;
        draft.guests = guests;
    }

    /// @throws No if another device holds it, or it is not open
    static void requireHeld(Basket basket, Holder holder) {
        if (!basket.device().equals(holder.device())) {
            throw new No(
                    Refusal.HELD_ELSEWHERE,
                    "%s holds the check %s: recall it to go on here"
                            .formatted(basket.device(), basket.id()));
        }
        require(basket.status() == Status.OPEN, "%s is not open".formatted(basket.id()));
    }

    /// @throws No if its lines cannot be divided
    static void requireSplittable(Basket basket, List<Splitting.Part> parts) {
        if (parts.isEmpty() || parts.size() > CHECKS_MAX) {
            throw new No(Refusal.TOO_MANY, "1 to %d checks are split off".formatted(CHECKS_MAX));
        }
        Set<String> ids = new HashSet<>(Set.of(basket.id()));
        for (Splitting.Part part : parts) {
            if (part.id().isBlank() || part.id().length() > 64 || !ids.add(part.id())) {
                throw new No(
                        Refusal.NOT_NOW,
                        "each check needs an id of its own, of 1 to 64 characters; \"%s\" is not"
                                .formatted(brief(part.id())));
            }
        }
        if (!basket.coupons().isEmpty() || !basket.rewards().isEmpty()) {
            throw new No(
                    Refusal.NOT_NOW,
                    "take coupons and rewards out first, and add each to the check that it is for");
        }
    }

    /// Moves lines from one check to another.
    ///
    /// @param ids of lines with what came with them; null for all
    /// @throws No if they cannot be moved
    static void move(
            Basket from, Draft source, Basket into, Draft target, @Nullable List<String> ids) {
        if (from.id().equals(into.id())) {
            throw new No(Refusal.NOT_NOW, "both are the same check");
        }
        if (from.training() != into.training()) {
            throw new No(Refusal.NOT_NOW, "training and trade are never one check");
        }
        List<Line> moved = new ArrayList<>();
        if (ids == null) {
            if (from.discount() != null || !from.coupons().isEmpty() || !from.rewards().isEmpty()) {
                throw new No(
                        Refusal.NOT_NOW,
                        "take its discount, its coupons and its rewards out first: they are for this check");
            }
            moved.addAll(from.live());
            target.customer = into.customer() == null ? from.customer() : into.customer();
        } else {
            for (String id : new LinkedHashSet<>(ids)) {
                if (live(from, id).parent() != null) {
                    throw new No(
                            Refusal.WRONG_CHOICE, "it belongs to another line: move that instead");
                }
                moved.addAll(Basket.family(id, from.live()));
            }
        }
        source.lines.removeAll(moved);
        requireRoom(target.lines.size() + moved.size() - 1, Basket.LINES_MAX, "lines");
        Set<String> taken = new HashSet<>();
        target.lines.forEach(it -> taken.add(it.id()));
        Map<String, String> names = new HashMap<>();
        for (Line line : moved) {
            String name = line.id();
            for (int i = 2; !taken.add(name); i++) {
                name = line.id() + "~" + i;
            }
            names.put(line.id(), name);
            String parent = line.parent();
            target.lines.add(line.named(name, parent == null ? null : names.get(parent)));
        }
        target.ageChecked = Math.max(target.ageChecked, from.ageChecked());
        target.approve(from.approvedBy());
    }

    private static void requireNotSent(Line line) {
        if (line.sent() != null) {
            throw new No(
                    Refusal.NOT_NOW,
                    "the kitchen was told of %s: void it, and add it anew as it is wanted"
                            .formatted(line.item().name()));
        }
    }

    // ---- articles

    private String scan(Basket basket, Draft draft, BasketCommand.Scan scan, LocalDateTime at) {
        Item item =
                switch (goods.identify(scan.code(), at)) {
                    case Found.Known(Item known) -> known;
                    case Found.Unknown() ->
                            throw new No(
                                    Refusal.UNKNOWN_ARTICLE,
                                    "nothing is known under \"%s\"; look for it by name"
                                            .formatted(brief(scan.code())));
                    case Found.NotForSale(String name, String why) ->
                            throw new No(Refusal.NOT_FOR_SALE, name + ": " + why);
                };
        Quantity read = item.quantity();
        Quantity asked = scan.quantity();
        if (read != null && asked != null && !asked.equals(Quantity.ONE)) {
            throw new No(
                    Refusal.WRONG_QUANTITY, "the barcode says how much it is: scan each by itself");
        }
        if (read == null && asked == null && item.weighed() && item.price() == null) {
            throw new No(Refusal.WRONG_QUANTITY, item.name() + " is sold by weight: weigh it");
        }
        Quantity quantity = read != null ? read : asked != null ? asked : Quantity.ONE;
        put(basket, draft, Line.of(scan.line(), null, item, quantity), scan.wishes(), at);
        return "scanned";
    }

    private String add(Basket basket, Draft draft, BasketCommand.Add add, LocalDateTime at) {
        String parent = add.parent();
        if (parent != null) {
            live(basket, parent);
        }
        Item item = article(add.sku(), at);
        put(
                basket,
                draft,
                Line.of(add.line(), parent, item, add.quantity()).withNote(add.note()),
                add.wishes(),
                at);
        return "added";
    }

    private Item article(Sku sku, LocalDateTime at) {
        return goods.article(sku, at)
                .orElseThrow(() ->
                        new No(
                                Refusal.UNKNOWN_ARTICLE,
                                "article " + sku + " is not in the assortment"));
    }

    private void put(Basket basket, Draft draft, Line first, Wishes wishes, LocalDateTime at) {
        requireNew(basket, first.id());
        requireQuantity(first.item(), first.quantity());
        List<Line> made = new Composition(goods, at).of(first, wishes);
        for (Line line : made) {
            if (basket.source() == OrderSource.TILL) {
                requireAge(basket, line.item(), at);
            }
            draft.lines.add(line.inCourse(wishes.course()));
            Sku deposit = line.item().deposit();
            if (deposit != null && line.quantity().isPositive()) {
                draft.lines.add(
                        Line.of(
                                line.id() + "-deposit",
                                line.id(),
                                article(deposit, at),
                                deposits(line.item(), line.quantity())));
            }
        }
        requireRoom(draft.lines.size() - 1, Basket.LINES_MAX, "lines");
        Set<String> ids = new HashSet<>();
        if (!draft.lines.stream().map(Line::id).allMatch(ids::add)) {
            throw new No(
                    Refusal.NOT_NOW,
                    "a line that comes with \"%s\" has an id that is taken: give it another"
                            .formatted(brief(first.id())));
        }
    }

    /// All of them or none. What another system has sold is sold: neither this store's prices nor what a cashier may do have a say.
    private String addGiven(
            Basket basket, Draft draft, BasketCommand.AddGiven all, LocalDateTime at) {
        requireRoom(basket.lines().size() + all.lines().size() - 1, Basket.LINES_MAX, "lines");
        Set<String> ids = new HashSet<>();
        for (BasketCommand.GivenLine one : all.lines()) {
            requireNew(basket, one.line());
            if (!ids.add(one.line())) {
                throw new No(
                        Refusal.NOT_NOW,
                        "two lines have the id \"%s\"".formatted(brief(one.line())));
            }
            Item item = article(one.sku(), at);
            Quantity quantity = one.quantity().abs();
            if (quantity.isZero() || quantity.compareTo(QUANTITY_GIVEN_MAX) > 0) {
                throw new No(
                        Refusal.WRONG_QUANTITY,
                        "%s of %s: a quantity is not 0, and at most %s"
                                .formatted(one.quantity(), item.name(), QUANTITY_GIVEN_MAX));
            }
            Given given = given(basket, one, item, quantity, all.reason());
            boolean back = one.quantity().isNegative();
            draft.lines.add(
                    new Line(
                            one.line(),
                            null,
                            item,
                            quantity,
                            null,
                            null,
                            back ? given.net(quantity) : null,
                            null,
                            back ? all.reason() : null,
                            one.note(),
                            given,
                            false,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        return "given";
    }

    private static Given given(
            Basket basket,
            BasketCommand.GivenLine one,
            Item item,
            Quantity quantity,
            String reason) {
        Currency currency = basket.priced().total().currency();
        Money discount = one.discount() == null ? Money.zero(currency) : one.discount();
        if (!one.price().currency().equals(currency) || !discount.currency().equals(currency)) {
            throw new No(Refusal.WRONG_PRICE, "this store takes " + currency + " only");
        }
        Given given = new Given(one.price(), discount, reason);
        if (one.price().isNegative() || discount.isNegative() || given.net(quantity).isNegative()) {
            throw new No(
                    Refusal.WRONG_PRICE,
                    "%s at %s less %s for %s: neither a price nor a discount is below zero, nor what is left"
                            .formatted(quantity, one.price(), discount, item.name()));
        }
        return given;
    }

    private String changeQuantity(Basket basket, Draft draft, String id, Quantity quantity) {
        Line line = live(basket, id);
        if (line.isReturn()
                || line.item().quantity() != null
                || line.given() != null
                || line.share() != null) {
            throw new No(
                    Refusal.WRONG_QUANTITY,
                    "this quantity is fixed: void the line, and add it anew");
        }
        if (line.part() != null) {
            throw new No(
                    Refusal.WRONG_QUANTITY,
                    "it belongs to a dish: void that, and add it anew as it is wanted");
        }
        requireQuantity(line.item(), quantity);
        draft.change(id, it -> it.with(it.id().equals(id) ? quantity : along(line, it, quantity)));
        return "quantity";
    }

    /// How many of what came with a line, where there are so many of the line.
    private static Quantity along(Line line, Line child, Quantity quantity) {
        if (child.item().sku().equals(line.item().deposit()) && line.id().equals(child.parent())) {
            return deposits(line.item(), quantity);
        }
        return new Quantity(
                Rounding.ratio(
                        child.quantity().thousandths(),
                        quantity.thousandths(),
                        line.quantity().thousandths()));
    }

    /// How many deposits are paid with so much of an article.
    private static Quantity deposits(Item item, Quantity quantity) {
        Quantity pieces = item.unit().equals("PIECE") ? quantity : Quantity.ONE;
        return pieces.times(Quantity.of(item.deposits()));
    }

    private String override(Basket basket, Draft draft, BasketCommand.OverridePrice override) {
        Line line = discountable(basket, override.line());
        Money price = override.price();
        if (price.isNegative()) {
            throw new No(Refusal.WRONG_QUANTITY, "a price is not below zero");
        }
        Money regular = regular(basket, line);
        Money least = regular.minus(regular.times(policy.discountMax()));
        if (price.compareTo(least) < 0 && override.approvedBy() == null) {
            throw new No(
                    Refusal.APPROVAL_NEEDED, "below %s a manager has to approve".formatted(least));
        }
        draft.lines.replaceAll(it ->
                it.id().equals(override.line())
                        ? it.with(new Line.PriceOverride(price, override.reason()), it.discount())
                        : it);
        draft.approve(override.approvedBy());
        return "price overridden";
    }

    // ---- what comes back

    private String giveBack(Basket basket, Draft draft, BasketCommand.Return back) {
        requireNew(basket, back.line());
        PaidOrder paid =
                bought.order(back.order())
                        .orElseThrow(() ->
                                new No(
                                        Refusal.NO_SUCH_ORDER,
                                        "no receipt \"%s\" of this store: return without a receipt"
                                                .formatted(brief(back.order()))));
        if (paid.voided() != null) {
            throw new No(Refusal.NOT_RETURNABLE, "that sale was voided: nothing was paid");
        }
        OrderLine line =
                paid.order().lines().stream()
                        .filter(it -> it.id().equals(back.orderLine()) && !it.voided())
                        .filter(it -> it.quantity().isPositive())
                        .findFirst()
                        .orElseThrow(() ->
                                new No(
                                        Refusal.NO_SUCH_LINE,
                                        "the receipt has no line " + brief(back.orderLine())));
        Quantity here =
                basket.live().stream()
                        .filter(it ->
                                new ReturnOf(paid.order().id(), line.id()).equals(it.returnOf()))
                        .map(Line::quantity)
                        .reduce(Quantity.ZERO, Quantity::plus);
        Quantity before = bought.returned(paid.order().id(), line.id()).plus(here);
        Quantity left = line.quantity().minus(before);
        if (!back.quantity().isPositive() || back.quantity().compareTo(left) > 0) {
            throw new No(
                    Refusal.ALREADY_RETURNED,
                    "of %s bought, %s can come back".formatted(line.quantity(), left));
        }
        draft.lines.add(
                Line.back(
                        back.line(),
                        soldAs(line),
                        back.quantity(),
                        refund(line, before, back.quantity()),
                        new ReturnOf(paid.order().id(), line.id()),
                        back.reason()));
        return "returned";
    }

    /// What was paid for the units from one on: so all partial refunds together are what was paid.
    static Money refund(OrderLine line, Quantity before, Quantity quantity) {
        return paidFor(line, before.plus(quantity)).minus(paidFor(line, before));
    }

    private static Money paidFor(OrderLine line, Quantity first) {
        if (!line.units().isEmpty() && first.isWhole()) {
            return line.units().stream()
                    .limit(first.thousandths() / Quantity.THOUSANDTHS)
                    .reduce(Money.zero(line.net().currency()), Money::plus);
        }
        return new Money(
                Rounding.ratio(
                        line.net().minor(), first.thousandths(), line.quantity().thousandths()),
                line.net().currency());
    }

    private static Item soldAs(OrderLine line) {
        return new Item(
                line.sku(),
                line.name(),
                line.unit(),
                !line.quantity().isWhole(),
                null,
                null,
                line.department().isEmpty() ? List.of() : List.of(line.department()),
                "",
                List.of(),
                line.taxCategory(),
                0,
                false,
                true,
                null,
                0,
                null,
                null,
                line.lot(),
                line.expiry());
    }

    private String giveBack(
            Basket basket, Draft draft, BasketCommand.ReturnWithoutReceipt back, LocalDateTime at) {
        requireNew(basket, back.line());
        Item item = article(back.sku(), at);
        if (!item.returnable()) {
            throw new No(Refusal.NOT_RETURNABLE, item.name() + " is not taken back");
        }
        requireQuantity(item, back.quantity());
        Money refund = back.price().times(back.quantity());
        if (refund.isNegative()) {
            throw new No(Refusal.WRONG_QUANTITY, "a refund is not below zero");
        }
        if (refund.compareTo(policy.returnMax()) > 0 && back.approvedBy() == null) {
            throw new No(
                    Refusal.APPROVAL_NEEDED,
                    "beyond %s without a receipt a manager has to approve"
                            .formatted(policy.returnMax()));
        }
        draft.lines.add(Line.back(back.line(), item, back.quantity(), refund, null, back.reason()));
        draft.approve(back.approvedBy());
        return "returned";
    }

    // ---- paying

    private String pay(Basket basket, Draft draft, LocalDateTime at) {
        if (basket.live().isEmpty()) {
            throw new No(Refusal.NOTHING_TO_PAY, "the basket is empty");
        }
        basket.live().forEach(line -> requireAge(basket, line.item(), at));
        if (basket.source() != OrderSource.TILL) {
            requireAvailable(draft, at);
        }
        draft.status = Status.PAYING;
        return "paying";
    }

    /// That all can still be made. What ran out since, and can be done without, is left out.
    ///
    /// At a till the customer has it in his hand: there it is asked for when it is entered, and not again.
    void requireAvailable(Draft draft, LocalDateTime at) {
        List<Line> live =
                draft.lines.stream().filter(it -> !it.voided() && it.sent() == null).toList();
        draft.lines.addAll(new Composition(goods, at).leaveOut(live));
    }

    // ---- what has to hold

    private static void require(boolean holds, String state) {
        if (!holds) {
            throw new No(Refusal.NOT_NOW, "the basket " + state);
        }
    }

    private static void requireRoom(int there, int max, String what) {
        if (there >= max) {
            throw new No(Refusal.TOO_MANY, "a basket has at most %d %s".formatted(max, what));
        }
    }

    private static void requireNew(Basket basket, String line) {
        requireRoom(basket.lines().size(), Basket.LINES_MAX, "lines");
        if (line.isBlank() || line.length() > 64 || basket.line(line).isPresent()) {
            throw new No(
                    Refusal.NOT_NOW,
                    "a new line needs an id of its own, of 1 to 64 characters; \"%s\" is not"
                            .formatted(brief(line)));
        }
    }

    private static Line live(Basket basket, String line) {
        return basket.line(line)
                .filter(it -> !it.voided())
                .orElseThrow(() ->
                        new No(
                                Refusal.NO_SUCH_LINE,
                                "the basket has no line \"%s\"".formatted(brief(line))));
    }

    private static Line discountable(Basket basket, String id) {
        Line line = live(basket, id);
        if (!line.item().discountable()
                || line.isReturn()
                || line.given() != null
                || line.share() != null
                || line.is(Part.COMPONENT)
                || line.is(Part.LEFT_OUT)) {
            throw new No(Refusal.NOT_DISCOUNTABLE, line.item().name() + " cannot be made cheaper");
        }
        return line;
    }

    private void requireQuantity(Item item, Quantity quantity) {
        if (!quantity.isPositive() || quantity.compareTo(policy.quantityMax()) > 0) {
            throw new No(
                    Refusal.WRONG_QUANTITY,
                    "%s is no quantity: above 0 and at most %s"
                            .formatted(quantity, policy.quantityMax()));
        }
        if (!item.weighed() && !quantity.isWhole()) {
            throw new No(Refusal.WRONG_QUANTITY, item.name() + " is sold by the piece");
        }
    }

    private static void requireAge(Basket basket, Item item, LocalDateTime at) {
        if (item.ageMin() > basket.ageChecked()) {
            throw new No(
                    Refusal.AGE_CHECK_NEEDED,
                    "%s: the buyer has to be %d. Check it, and say so"
                            .formatted(item.name(), item.ageMin()),
                    new AgeLimit(item.ageMin(), at.toLocalDate().minusYears(item.ageMin())));
        }
    }

    private void requireAllowed(@Nullable Discount off, Money from, @Nullable String approvedBy) {
        if (off == null || approvedBy != null) {
            return;
        }
        Percent percent = off.percent();
        Money amount = off.amount();
        boolean more =
                percent != null
                        ? percent.compareTo(policy.discountMax()) > 0
                        : amount != null && amount.compareTo(from.times(policy.discountMax())) > 0;
        if (more) {
            throw new No(
                    Refusal.APPROVAL_NEEDED,
                    "beyond %s a manager has to approve".formatted(policy.discountMax()));
        }
    }

    private static Money share(Basket basket, Line line) {
        Pricer.PricedLine priced = basket.priced().lines().get(line.id());
        if (priced == null) {
            return basket.priced().total();
        }
        // What a combo costs is in its parts.
        return basket.live().stream()
                .filter(it -> it.is(Part.COMPONENT) && line.id().equals(it.parent()))
                .map(it -> basket.priced().lines().get(it.id()))
                .filter(Objects::nonNull)
                .map(Pricer.PricedLine::gross)
                .reduce(priced.gross(), Money::plus);
    }

    private static Money regular(Basket basket, Line line) {
        Pricer.PricedLine priced = basket.priced().lines().get(line.id());
        if (priced == null) {
            throw new No(Refusal.NO_PRICE, line.item().name() + " has no price");
        }
        return priced.regularPrice();
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
