package dev.skerry.app.replay;

/// What baskets come to; amounts in minor units.
///
/// @param lines those that come back among them
/// @param gross before discounts
/// @param coupon what others pay than the customers
/// @param amount gross − discount − coupon
record Sum(
        long baskets,
        long lines,
        long backLines,
        long gross,
        long discount,
        long coupon,
        long amount) {

    static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0);

    Sum plus(Sum other) {
        return new Sum(
                Math.addExact(baskets, other.baskets),
                Math.addExact(lines, other.lines),
                Math.addExact(backLines, other.backLines),
                Math.addExact(gross, other.gross),
                Math.addExact(discount, other.discount),
                Math.addExact(coupon, other.coupon),
                Math.addExact(amount, other.amount));
    }
}
