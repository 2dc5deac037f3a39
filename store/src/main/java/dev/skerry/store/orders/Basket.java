package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.orders.OrderDiscount;
import dev.skerry.language.orders.OrderLine.ReturnOf;
import dev.skerry.language.orders.OrderLine.Sent;
import dev.skerry.language.orders.OrderSource;
import dev.skerry.store.orders.Pricer.Priced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An order that is not paid yet, as it stands.
///
/// ```
/// OPEN ⇄ SUSPENDED      suspend, recall
/// OPEN → PLACED         taken at a kiosk or by another system, to be paid at a till
/// PLACED → OPEN         recalled by a till
/// OPEN ⇄ PAYING         totals are fixed while money is taken; back where nothing has been taken
/// PAYING → paid         it is no basket any more, but an order
/// any but PAYING → gone abandoned
/// ```
///
/// @param device that holds it; the last one that held it where it is suspended
/// @param cashier who is signed on there; empty where nobody is
/// @param customer the loyalty account; null without one
/// @param name of the guest, the table, or what the cashier wrote when suspending; empty if nobody said
/// @param number told to a guest who waits; null if nobody waits
/// @param training counts for nothing
/// @param version one more with each change
/// @param ageChecked up to which age the buyer was checked
/// @param approvedBy who allowed what the cashier alone may not; null if nothing had to be
/// @param table at which it is served; null if at none
/// @param guests how many; null if nobody said
/// @param redemptions rewards that the customer wants for points; null for none
public record Basket(
        String id,
        OrderSource source,
        Status status,
        String device,
        String cashier,
        @Nullable String customer,
        String name,
        @Nullable String number,
        boolean training,
        Instant openedAt,
        Instant changedAt,
        long version,
        List<Line> lines,
        List<String> coupons,
        @Nullable Discount discount,
        int ageChecked,
        @Nullable String approvedBy,
        Priced priced,
        @Nullable String table,
        @Nullable Integer guests,
        @Nullable List<Redemption> redemptions) {

    public static final int LINES_MAX = 1_000;
    public static final int COUPONS_MAX = 50;
    public static final int REDEMPTIONS_MAX = 20;

    /// Where it is on its way.
    public enum Status {
        OPEN,
        SUSPENDED,
        PLACED,
        PAYING
    }

    /// What was scanned or chosen.
    ///
    /// @param parent the line that this came with, as a deposit or a modifier; null if it came by itself
    /// @param override a price for one that somebody typed; null if none
    /// @param refund what is paid back for it, above zero, where it comes back; null if it is sold
    /// @param returnOf where it was bought; null without a receipt
    /// @param given what another system said it costs; null where this store says it. Nothing else changes that
    /// @param voided taken out again
    /// @param part what it is to its parent; null if nothing special
    /// @param choices the names of what was chosen with it and is no article; null if nothing was
    /// @param credit the article whose price is taken off its parent's, where it is an ingredient that is left out; null if none is
    /// @param seen somebody has seen that it can be had, though it counts as run out; null stands for false
    /// @param course in which it is served, from 1 on; null for the dish's own
    /// @param sent what the kitchen knows it as; null if the kitchen was not told of it
    /// @param share what it costs since its check was split; null where it is priced. Nothing else changes that
    public record Line(
            String id,
            @Nullable String parent,
            Item item,
            Quantity quantity,
            @Nullable PriceOverride override,
            @Nullable Discount discount,
            @Nullable Money refund,
            @Nullable ReturnOf returnOf,
            @Nullable String returnReason,
            @Nullable String note,
            @Nullable Given given,
            boolean voided,
            @Nullable Part part,
            @Nullable List<String> choices,
            @Nullable Sku credit,
            @Nullable Boolean seen,
            @Nullable Integer course,
            @Nullable Sent sent,
            @Nullable Share share) {

        /// What a line of a check that was split costs: its part of what it had cost.
        ///
        /// @param unitPrice before discounts, of a whole one
        /// @param gross before discounts
        /// @param net less the discounts
        public record Share(
                Money unitPrice,
                String priceSource,
                Money gross,
                Money net,
                List<OrderDiscount> discounts) {
            public Share {
                discounts = List.copyOf(discounts);
            }
        }

        /// What a line is to its parent.
        public enum Part {
            /// It was chosen with it: its price is added, and it is taxed as its parent is.
            OPTION,
            /// An ingredient that is left out: its quantity is below zero.
            LEFT_OUT,
            /// A part of a combo: its price is a share of the combo's.
            COMPONENT
        }

        /// Just an article.
        public static Line of(String id, @Nullable String parent, Item item, Quantity quantity) {
            return new Line(
                    id, parent, item, quantity, null, null, null, null, null, null, null, false,
                    null, null, null, null, null, null, null);
        }

        /// What comes back.
        static Line back(
                String id,
                Item item,
                Quantity quantity,
                Money refund,
                @Nullable ReturnOf of,
                String reason) {
            return new Line(
                    id, null, item, quantity, null, null, refund, of, reason, null, null, false,
                    null, null, null, null, null, null, null);
        }

        boolean is(Part one) {
            return part == one;
        }

        /// What another system has sold, or taken back, at its own price.
        ///
        /// @param price for one, before the discount
        /// @param discount on the whole line, not below zero
        /// @param reason who says so, and why; on the receipt where there is a discount
        public record Given(Money price, Money discount, String reason) {

            /// Of so much, before the discount.
            public Money gross(Quantity quantity) {
                return price.times(quantity);
            }

            /// Of so much, which is what the line has.
            public Money net(Quantity quantity) {
                return gross(quantity).minus(discount);
            }
        }

        /// A price for one, and why.
        public record PriceOverride(Money price, String reason) {}

        boolean isReturn() {
            return refund != null;
        }

        Line with(Quantity other) {
            return but(it -> it.quantity = other);
        }

        Line with(@Nullable PriceOverride price, @Nullable Discount off) {
            return but(it -> {
                it.override = price;
                it.discount = off;
            });
        }

        Line withNote(@Nullable String other) {
            return but(it -> it.note = other);
        }

        Line asVoided() {
            return but(it -> it.voided = true);
        }

        Line as(
                @Nullable Part one,
                @Nullable List<String> chosen,
                @Nullable Sku lessPrice,
                boolean wasSeen) {
            return but(it -> {
                it.part = one;
                it.choices = chosen;
                it.credit = lessPrice;
                it.seen = wasSeen ? true : null;
            });
        }

        Line inCourse(@Nullable Integer number) {
            return but(it -> it.course = number);
        }

        Line named(String other, @Nullable String above) {
            return but(it -> {
                it.id = other;
                it.parent = above;
            });
        }

        /// So much of it, at a price that is fixed.
        Line part(Quantity much, Share costs) {
            return but(it -> {
                it.quantity = much;
                it.override = null;
                it.discount = null;
                it.given = null;
                it.share = costs;
            });
        }

        Line sentAs(Sent known) {
            return but(it -> it.sent = known);
        }

        private Line but(Consumer<Copy> change) {
            Copy copy = new Copy(this);
            change.accept(copy);
            return copy.line();
        }

        /// A line while it is being copied with changes. For one thread.
        private static final class Copy {
            private final Line before;
            String id;
            @Nullable String parent;
            Quantity quantity;
            @Nullable PriceOverride override;
            @Nullable Discount discount;
            @Nullable String note;
            @Nullable Given given;
            boolean voided;
            @Nullable Part part;
            @Nullable List<String> choices;
            @Nullable Sku credit;
            @Nullable Boolean seen;
            @Nullable Integer course;
            @Nullable Sent sent;
            @Nullable Share share;

            Copy(Line before) {
                this.before = before;
                id = before.id;
                parent = before.parent;
                quantity = before.quantity;
                override = before.override;
                discount = before.discount;
                note = before.note;
                given = before.given;
                voided = before.voided;
                part = before.part;
                choices = before.choices;
                credit = before.credit;
                seen = before.seen;
                course = before.course;
                sent = before.sent;
                share = before.share;
            }

            Line line() {
                return new Line(
                        id,
                        parent,
                        before.item,
                        quantity,
                        override,
                        discount,
                        before.refund,
                        before.returnOf,
                        before.returnReason,
                        note,
                        given,
                        voided,
                        part,
                        choices,
                        credit,
                        seen,
                        course,
                        sent,
                        share);
            }
        }
    }

    /// What a person takes off: one of the two.
    public record Discount(@Nullable Percent percent, @Nullable Money amount, String reason) {
        public Discount {
            if ((percent == null) == (amount == null)) {
                throw new IllegalArgumentException("a discount is a percentage or an amount");
            }
            if (percent != null
                    && (percent.basisPoints() <= 0 || percent.basisPoints() > Percent.WHOLE)) {
                throw new IllegalArgumentException("a discount is above 0 and at most 100 %");
            }
            if (amount != null && !amount.isPositive()) {
                throw new IllegalArgumentException("a discount is more than nothing");
            }
        }
    }

    /// A reward that the customer wants for points.
    ///
    /// @param reward the id of the promotion that gives it
    /// @param times how often, at least once
    public record Redemption(String reward, int times) {

        public static final int TIMES_MAX = 1_000;

        public Redemption {
            if (times < 1 || times > TIMES_MAX) {
                throw new IllegalArgumentException(
                        "a reward is redeemed 1 to %d times".formatted(TIMES_MAX));
            }
        }
    }

    public Basket {
        lines = List.copyOf(lines);
        coupons = List.copyOf(coupons);
        redemptions = redemptions == null ? null : List.copyOf(redemptions);
    }

    /// What the customer redeems points for; empty for nothing.
    public List<Redemption> rewards() {
        return redemptions == null ? List.of() : redemptions;
    }

    Optional<Line> line(String lineId) {
        return lines.stream().filter(it -> it.id.equals(lineId)).findFirst();
    }

    /// A line, and all that came with it, in the order of the basket.
    static List<Line> family(String lineId, List<Line> lines) {
        Set<String> ids = new HashSet<>(Set.of(lineId));
        // A child stands behind its parent.
        return lines.stream()
                .filter(it -> {
                    String parent = it.parent;
                    boolean in = it.id.equals(lineId) || (parent != null && ids.contains(parent));
                    if (in) {
                        ids.add(it.id);
                    }
                    return in;
                })
                .toList();
    }

    /// Those that count.
    List<Line> live() {
        return lines.stream().filter(it -> !it.voided).toList();
    }

    /// A copy that may be changed.
    Draft draft() {
        return new Draft(this);
    }

    /// A basket while it is being changed. For one thread.
    static final class Draft {
        private final Basket before;
        Status status;
        String device;
        String cashier;
        @Nullable String customer;
        String name;
        @Nullable String number;
        final List<Line> lines;
        final List<String> coupons;
        @Nullable Discount discount;
        int ageChecked;
        @Nullable String approvedBy;
        @Nullable String table;
        @Nullable Integer guests;
        final List<Redemption> rewards;

        private Draft(Basket before) {
            this.before = before;
            status = before.status;
            device = before.device;
            cashier = before.cashier;
            customer = before.customer;
            name = before.name;
            number = before.number;
            lines = new ArrayList<>(before.lines);
            coupons = new ArrayList<>(before.coupons);
            discount = before.discount;
            ageChecked = before.ageChecked;
            approvedBy = before.approvedBy;
            table = before.table;
            guests = before.guests;
            rewards = new ArrayList<>(before.rewards());
        }

        /// Changes a line, and what came with it.
        void change(String lineId, UnaryOperator<Line> change) {
            List<Line> all = family(lineId, lines);
            lines.replaceAll(it -> all.contains(it) ? change.apply(it) : it);
        }

        /// Tells the kitchen of all that it was not told of yet.
        void send() {
            lines.replaceAll(it ->
                    it.voided || it.sent != null || it.isReturn()
                            ? it
                            : it.sentAs(new Sent(before.id, it.id)));
        }

        void approve(@Nullable String by) {
            approvedBy = by == null ? approvedBy : by;
        }

        /// The version that it is, priced as it was.
        Basket first() {
            return version(before.changedAt, before.version);
        }

        /// The next version, priced as it was.
        Basket done(Instant now) {
            return version(now, before.version + 1);
        }

        private Basket version(Instant now, long version) {
            return new Basket(
                    before.id,
                    before.source,
                    status,
                    device,
                    cashier,
                    customer,
                    name,
                    number,
                    before.training,
                    before.openedAt,
                    now,
                    version,
                    lines,
                    coupons,
                    discount,
                    ageChecked,
                    approvedBy,
                    before.priced,
                    table,
                    guests,
                    rewards.isEmpty() ? null : rewards);
        }
    }

    Basket priced(Priced other) {
        return new Basket(
                id,
                source,
                status,
                device,
                cashier,
                customer,
                name,
                number,
                training,
                openedAt,
                changedAt,
                version,
                lines,
                coupons,
                discount,
                ageChecked,
                approvedBy,
                other,
                table,
                guests,
                redemptions);
    }
}
