package dev.skerry.store.loyalty;

import dev.skerry.language.loyalty.LoyaltyEvent.PointsBooked;
import dev.skerry.language.loyalty.LoyaltyEvent.Why;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderLine;
import dev.skerry.store.loyalty.LocalEvent.SpendingReserved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides what an order does to points.
final class Bookings {

    private Bookings() {}

    /// What an order has earned less what was spent on it, and what of that is gone.
    ///
    /// @param points below zero where more was spent than earned
    /// @param amount what its goods were sold for, in minor units
    /// @param refunded of that amount
    /// @param taken of the points, for what was refunded
    record Earned(
            String customer,
            String order,
            long points,
            long amount,
            long refunded,
            long taken,
            boolean voided) {

        /// What goes when goods come back, below zero where points come back with them: the share of the points that all refunds
        /// together have in the amount, rounded towards zero; all of them once everything has come back.
        long goesWith(long refund) {
            return goneWith(refunded + refund) - taken;
        }

        /// What comes again when a refund is undone.
        long comesAgainWithout(long refund) {
            return taken - goneWith(refunded - refund);
        }

        private long goneWith(long refunds) {
            long all = Math.clamp(refunds, 0, Math.max(0, amount));
            return all == 0 ? 0 : Math.multiplyExact(points, all) / amount;
        }
    }

    /// @param reserved what the basket had reserved; null if nothing
    /// @param earned what an earlier order has earned
    static List<PointsBooked> of(
            Order order,
            @Nullable SpendingReserved reserved,
            Function<String, Optional<Earned>> earned) {
        List<PointsBooked> all = new ArrayList<>();
        String customer = order.customer();
        long spent = spent(order, reserved);
        // Also where nothing was earned: it says against what a return is measured.
        if (customer != null && (order.points() > 0 || spent > 0)) {
            all.add(
                    new PointsBooked(
                            customer,
                            order.id(),
                            Why.EARNED,
                            order.points(),
                            null,
                            sold(order),
                            null));
        }
        if (customer != null && spent > 0) {
            all.add(
                    new PointsBooked(
                            customer,
                            order.id(),
                            Why.REDEEMED,
                            -spent,
                            null,
                            rewards(order),
                            reserved == null ? null : reserved.seen()));
        }
        refunds(order)
                .forEach((of, refund) ->
                        earned.apply(of)
                                .filter(it -> !it.voided())
                                .ifPresent(it ->
                                        all.add(
                                                new PointsBooked(
                                                        it.customer(),
                                                        order.id(),
                                                        Why.RETURNED,
                                                        -it.goesWith(refund),
                                                        of,
                                                        refund,
                                                        null))));
        return all;
    }

    /// What the order says; an order of an older program says nothing of it, and then what was reserved was spent.
    private static long spent(Order order, @Nullable SpendingReserved reserved) {
        Long said = order.pointsSpent();
        return said != null ? said : reserved == null ? 0 : reserved.points();
    }

    private static long sold(Order order) {
        return order.lines().stream()
                .filter(it -> !it.voided() && it.returnOf() == null)
                .mapToLong(it -> Math.max(0, it.net().minor()))
                .sum();
    }

    private static long rewards(Order order) {
        return order.discounts().stream()
                .filter(it -> it.kind().equals("REWARD"))
                .mapToLong(it -> it.amount().minor())
                .sum();
    }

    /// What is paid back, by the order in which it was bought.
    private static Map<String, Long> refunds(Order order) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (OrderLine line : order.lines()) {
            OrderLine.ReturnOf of = line.returnOf();
            if (of != null && !line.voided()) {
                all.merge(of.order(), -line.net().minor(), Long::sum);
            }
        }
        return all;
    }

    /// What taking an order back undoes.
    ///
    /// @param booked by that order
    /// @param earned what an order has earned
    static List<PointsBooked> ofVoid(
            List<PointsBooked> booked, Function<String, Optional<Earned>> earned) {
        return booked.stream()
                .map(it ->
                        new PointsBooked(
                                it.customer(),
                                it.order(),
                                Why.VOIDED,
                                undone(it, earned),
                                it.of(),
                                -it.amount(),
                                null))
                .toList();
    }

    private static long undone(PointsBooked booked, Function<String, Optional<Earned>> earned) {
        String of = booked.of();
        return switch (booked.why()) {
            case EARNED ->
                    earned.apply(booked.order()).map(Earned::taken).orElse(0L) - booked.points();
            case RETURNED ->
                    of == null
                            ? -booked.points()
                            : earned.apply(of)
                                    .map(it -> it.comesAgainWithout(booked.amount()))
                                    .orElse(-booked.points());
            case REDEEMED, VOIDED -> -booked.points();
        };
    }
}
