package dev.skerry.stream.columns;

import static dev.skerry.stream.columns.ColumnsFormat.CONSTANT;
import static dev.skerry.stream.columns.ColumnsFormat.DELTA;
import static dev.skerry.stream.columns.ColumnsFormat.FLAT;
import static dev.skerry.stream.columns.ColumnsFormat.LISTED;
import static dev.skerry.stream.columns.ColumnsFormat.SCALED;
import static dev.skerry.stream.columns.ColumnsFormat.SCALE_MAX;
import static dev.skerry.stream.columns.ColumnsFormat.SMALL_CONSTANT;
import static dev.skerry.stream.columns.ColumnsFormat.SYMBOLS_MAX;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A column of numbers: collects them, decides how they are coded, and codes them from the last to the first. Can be
/// used again after [#begin]. For one thread at a time.
final class ColumnWriter {

    /// Columns that are used again.
    static final class Stock {
        private final List<ColumnWriter> columns = new ArrayList<>();
        private int taken;

        /// Takes all back.
        void begin() {
            taken = 0;
        }

        /// One whose numbers are only told apart.
        ColumnWriter names() {
            return take(false, 0);
        }

        /// One between whose numbers differences may mean something.
        ColumnWriter numbers() {
            return take(true, 0);
        }

        /// One whose numbers are below a limit, and wrap around there.
        ColumnWriter numbers(long wrapsAt) {
            return take(true, wrapsAt);
        }

        private ColumnWriter take(boolean measured, long wrapsAt) {
            if (taken == columns.size()) {
                columns.add(new ColumnWriter());
            }
            ColumnWriter column = columns.get(taken++);
            column.begin(measured, wrapsAt);
            return column;
        }

        int taken() {
            return taken;
        }

        /// How many slots a reader needs for those that were taken.
        long slots() {
            long slots = 0;
            for (int i = 0; i < taken; i++) {
                slots += columns.get(i).slots();
            }
            return slots;
        }
    }

    /// What one thread needs to look at one column after the other.
    static final class Desk {
        private final double[] logarithms = new double[4096];
        private long[] changes = new long[256];
        private final long[] listed = new long[LISTED_MAX];
        private final int[] listedCounts = new int[LISTED_MAX];
        private final int[] lists = new int[4 * LISTED_MAX];
        private Fit plain = new Fit();
        private Fit differences = new Fit();

        Desk() {
            for (int i = 1; i < logarithms.length; i++) {
                logarithms[i] = log2(i);
            }
        }

        /// How many bits the symbols take that say of so many numbers that they are of this kind, and their raw bits.
        private double cost(int times, int count, int extraBits) {
            return times * (logarithm(count) - logarithm(times) + extraBits);
        }

        private static double log2(int n) {
            return Math.log(n) / Math.log(2);
        }

        private double logarithm(int n) {
            return n < logarithms.length ? logarithms[n] : log2(n);
        }
    }

    /// Numbers scaled to begin at 0, and what their code would take.
    private static final class Fit {
        final int[] counts = new int[SYMBOLS_MAX];
        long least;
        long divisor;
        int symbols;
        int flatBits;
        double flatCost;
        double cost;

        void look(Desk desk, long[] numbers, int count) {
            least = numbers[0];
            long most = numbers[0];
            for (int i = 1; i < count; i++) {
                least = Math.min(least, numbers[i]);
                most = Math.max(most, numbers[i]);
            }
            divisor = 0;
            for (int i = 0; i < count && divisor != 1; i++) {
                divisor = divisor(divisor, numbers[i] - least);
            }
            divisor = Math.max(divisor, 1);
            Arrays.fill(counts, 0);
            if (divisor == 1) {
                for (int i = 0; i < count; i++) {
                    counts[ColumnsFormat.symbol(numbers[i] - least)]++;
                }
            } else {
                for (int i = 0; i < count; i++) {
                    counts[ColumnsFormat.symbol((numbers[i] - least) / divisor)]++;
                }
            }
            flatBits = ColumnsFormat.bitsOf((most - least) / divisor);
            flatCost = (double) flatBits * count;
            symbols = 0;
            cost = 0;
            for (int symbol = 0; symbol < SYMBOLS_MAX; symbol++) {
                int times = counts[symbol];
                if (times > 0) {
                    symbols++;
                    cost += desk.cost(times, count, ColumnsFormat.extraBits(symbol));
                }
            }
            cost += SYMBOL_HEAD_BITS * symbols;
        }

        private static long divisor(long a, long b) {
            long x = a;
            long y = b;
            while (y != 0) {
                long rest = x % y;
                x = y;
                y = rest;
            }
            return x;
        }
    }

    private static final int LISTED_MAX = 64;

    /// What a symbol takes in the column's head, about.
    private static final int SYMBOL_HEAD_BITS = 12;

    /// Fewer numbers are not looked at for differences.
    private static final int DIFFERENCES_MIN = 4;

    private boolean measured;
    private long modulus;
    private long[] numbers = new long[64];
    private int count;
    private boolean constant;
    private int at;

    private int mode;
    private long first;
    private long least;
    private long divisor;
    private int flatBits;
    private int scale;
    private int symbols;
    private final short[] symbolOf = new short[SYMBOLS_MAX];
    private int[] frequencies = new int[0];
    private int[] before = new int[0];
    private long[] list = new long[0];

    /// Forgets everything.
    ///
    /// @param measures whether differences between its numbers may mean something
    /// @param wrapsAt the numbers are below this, and differences are taken modulo it; 0: neither
    private void begin(boolean measures, long wrapsAt) {
        measured = measures;
        modulus = wrapsAt;
        count = 0;
        constant = true;
    }

    void add(long number) {
        if (constant) {
            if (count == 0) {
                first = number;
            }
            if (number == first) {
                count++;
                return;
            }
            reserve();
            Arrays.fill(numbers, 0, count, first);
            constant = false;
        }
        if (count >= numbers.length) {
            reserve();
        }
        numbers[count++] = number;
    }

    private void reserve() {
        if (numbers.length <= count) {
            numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, count + 1));
        }
    }

    boolean constant() {
        return constant;
    }

    /// How many slots a reader needs for it.
    private int slots() {
        return mode == SCALED || mode == LISTED ? 1 << scale : 0;
    }

    /// Decides how it is coded, and writes its head.
    void plan(Desk desk, ByteSink head) {
        at = count;
        if (constant) {
            mode = CONSTANT;
            long value = count == 0 ? 0 : first;
            if (value >= 0 && value < 256 - SMALL_CONSTANT) {
                head.put((int) value + SMALL_CONSTANT);
            } else {
                head.put(CONSTANT);
                head.signed(value);
            }
            return;
        }
        Fit plain = desk.plain;
        plain.look(desk, numbers, count);
        Fit fit = plain;
        int delta = 0;
        if (measured && count >= DIFFERENCES_MIN && !few(plain)) {
            takeDifferences(desk);
            desk.differences.look(desk, desk.changes, count);
            if (Math.min(desk.differences.cost, desk.differences.flatCost)
                    < Math.min(plain.cost, plain.flatCost)) {
                fit = desk.differences;
                delta = DELTA;
            }
        }
        least = fit.least;
        divisor = fit.divisor;
        flatBits = fit.flatBits;
        if (flatBits > 0 && listCost(desk, Math.min(fit.cost, fit.flatCost))) {
            mode = LISTED;
            head.put(mode);
            planList(desk, head);
            return;
        }
        boolean flat = fit.flatCost <= fit.cost;
        mode = (flatBits == 0 ? CONSTANT : flat ? FLAT : SCALED) | delta;
        head.put(mode);
        head.signed(least);
        if (delta > 0) {
            head.signed(first);
            System.arraycopy(desk.changes, 0, numbers, 0, count);
        }
        if (flatBits == 0) {
            return;
        }
        head.varint(divisor - 1);
        if (flat) {
            head.put(flatBits);
        } else {
            planSymbols(fit, head);
        }
    }

    /// Whether the numbers are so few different ones that differences cannot be fewer.
    private static boolean few(Fit fit) {
        return fit.flatBits <= 1;
    }

    /// The first number is as far from the one said to be before it as the second is from it.
    private void takeDifferences(Desk desk) {
        if (desk.changes.length < count) {
            desk.changes = new long[numbers.length];
        }
        long previous = difference(numbers[0], difference(numbers[1], numbers[0]));
        first = previous;
        for (int i = 0; i < count; i++) {
            long number = numbers[i];
            desk.changes[i] = difference(number, previous);
            previous = number;
        }
    }

    private long difference(long number, long previous) {
        long difference = number - previous;
        return difference < 0 ? difference + modulus : difference;
    }

    /// Whether a list of the numbers takes less than the limit.
    private boolean listCost(Desk desk, double costMax) {
        Arrays.fill(desk.lists, 0);
        int found = 0;
        int mask = desk.lists.length - 1;
        for (int i = 0; i < count; i++) {
            long number = numbers[i];
            int place = (int) ((number * 0x9E3779B97F4A7C15L) >>> 40) & mask;
            while (desk.lists[place] != 0 && desk.listed[desk.lists[place] - 1] != number) {
                place = place + 1 & mask;
            }
            if (desk.lists[place] == 0) {
                if (found == LISTED_MAX) {
                    return false;
                }
                desk.listed[found] = number;
                desk.listedCounts[found] = 0;
                desk.lists[place] = ++found;
            }
            desk.listedCounts[desk.lists[place] - 1]++;
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        double cost = 0;
        for (int i = 0; i < found; i++) {
            least = Math.min(least, desk.listed[i]);
            most = Math.max(most, desk.listed[i]);
            cost += desk.cost(desk.listedCounts[i], count, 0);
        }
        symbols = found;
        return cost + found * (8.0 + ColumnsFormat.bitsOf((most - least) / found)) < costMax;
    }

    private void planList(Desk desk, ByteSink head) {
        list = Arrays.copyOf(desk.listed, symbols);
        Arrays.sort(list);
        int[] counts = new int[symbols];
        for (int i = 0; i < symbols; i++) {
            counts[Arrays.binarySearch(list, desk.listed[i])] = desk.listedCounts[i];
        }
        head.varint(symbols);
        head.signed(list[0]);
        for (int i = 1; i < symbols; i++) {
            head.varint(list[i] - list[i - 1] - 1);
        }
        planFrequencies(counts, head);
    }

    private void planSymbols(Fit fit, ByteSink head) {
        symbols = fit.symbols;
        head.varint(symbols);
        int[] counts = new int[symbols];
        int last = -1;
        int found = 0;
        for (int symbol = 0; symbol < SYMBOLS_MAX; symbol++) {
            if (fit.counts[symbol] > 0) {
                head.varint(symbol - last - 1);
                last = symbol;
                symbolOf[symbol] = (short) found;
                counts[found++] = fit.counts[symbol];
            }
        }
        planFrequencies(counts, head);
    }

    /// Makes the counts add up to a power of two.
    private void planFrequencies(int[] counts, ByteSink head) {
        scale =
                Math.clamp(
                        Math.max(
                                ColumnsFormat.bitsOf(count - 1), ColumnsFormat.bitsOf(symbols) + 2),
                        1,
                        SCALE_MAX);
        int left = 1 << scale;
        int most = 0;
        frequencies = new int[symbols];
        for (int i = 0; i < symbols; i++) {
            frequencies[i] =
                    (int) Math.max(1, ((long) counts[i] * (1 << scale) + count / 2) / count);
            left -= frequencies[i];
            most = frequencies[i] > frequencies[most] ? i : most;
        }
        while (left < 0) {
            int taken = Math.min(-left, Math.max(1, frequencies[most] / 4));
            frequencies[most] -= taken;
            left += taken;
            for (int i = 0; i < symbols; i++) {
                most = frequencies[i] > frequencies[most] ? i : most;
            }
        }
        frequencies[most] += left;
        before = new int[symbols];
        head.put(scale);
        for (int i = 0; i < symbols; i++) {
            if (i > 0) {
                before[i] = before[i - 1] + frequencies[i - 1];
            }
            if (i < symbols - 1) {
                head.varint(frequencies[i] - 1);
            }
        }
    }

    /// Codes its last number that is not coded yet.
    void codeLast(CodeWriter code) {
        long number = numbers[--at];
        switch (mode & ~DELTA) {
            case CONSTANT -> {}
            case FLAT -> code.bits((number - least) / divisor, flatBits);
            case SCALED -> {
                long scaled = divisor == 1 ? number - least : (number - least) / divisor;
                int symbol = ColumnsFormat.symbol(scaled);
                int extra = ColumnsFormat.extraBits(symbol);
                if (extra > 0) {
                    code.bits(scaled & (1L << extra) - 1, extra);
                }
                int index = symbolOf[symbol];
                code.symbol(frequencies[index], before[index], scale);
            }
            default -> {
                int index = Arrays.binarySearch(list, number);
                code.symbol(frequencies[index], before[index], scale);
            }
        }
    }
}
