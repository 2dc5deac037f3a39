package dev.skerry.node.config;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How amounts are written: a whole number and one of these units, the smallest first.
///
/// @param gap what stands between number and unit when we write; a reader takes any spaces
record Units(String gap, List<Unit> units) {

    record Unit(String symbol, long size) {}

    static final Units BYTES =
            new Units(
                    " ",
                    List.of(
                            new Unit("B", 1),
                            new Unit("KiB", 1L << 10),
                            new Unit("MiB", 1L << 20),
                            new Unit("GiB", 1L << 30),
                            new Unit("TiB", 1L << 40)));
    static final Units MILLIS =
            new Units(
                    "",
                    List.of(
                            new Unit("ms", 1),
                            new Unit("s", 1_000),
                            new Unit("m", 60_000),
                            new Unit("h", 3_600_000),
                            new Unit("d", 86_400_000)));

    private static final Pattern AMOUNT = Pattern.compile("([0-9]+) *([A-Za-z]*)");

    /// An amount that is no `long` is read as the nearest one, which is out of any sensible range.
    Type.Reading<Long> read(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return new Type.Wrong<>("is not a whole number and a unit");
        }
        String symbol = matcher.group(2);
        for (Unit unit : units) {
            if (unit.symbol.equals(symbol)) {
                BigInteger amount = new BigInteger(matcher.group(1));
                return new Type.Value<>(
                        nearestLong(amount.multiply(BigInteger.valueOf(unit.size))));
            }
        }
        return new Type.Wrong<>(
                (symbol.isEmpty() ? "has no unit" : "has an unknown unit")
                        + ", which is one of "
                        + units.stream().map(Unit::symbol).collect(Collectors.joining(", ")));
    }

    static long nearestLong(BigInteger number) {
        return number.max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /// In the greatest unit that needs no fraction.
    String write(long amount) {
        for (Unit unit : units.reversed()) {
            if (amount != 0 && amount % unit.size == 0) {
                return amount / unit.size + gap + unit.symbol;
            }
        }
        return amount + gap + units.getFirst().symbol;
    }
}
