package dev.skerry.app.replay;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/// A basket that can be sold, or taken back.
///
/// @param id unique in the folder
/// @param device that sells it
/// @param time store-local
record Sale(String id, String device, LocalDateTime time, List<SourceLine> lines) {

    private static final int DEVICE_LENGTH_MAX = 25;

    Sale {
        lines = List.copyOf(lines);
    }

    /// @param till as the folder calls it
    static String device(String till) {
        String plain = "till-" + till.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "-");
        return plain.substring(0, Math.min(plain.length(), DEVICE_LENGTH_MAX));
    }

    LocalDate day() {
        return time.toLocalDate();
    }

    /// What it comes to, whoever pays; below zero where more comes back than is sold.
    long total() {
        return lines.stream().mapToLong(SourceLine::net).sum();
    }

    /// What manufacturers pay of that.
    long coupon() {
        return lines.stream().mapToLong(SourceLine::coupon).sum();
    }

    /// What the customer pays; below zero where he is paid.
    long amount() {
        return total() - coupon();
    }

    Sum sum() {
        Sum sum = Sum.NONE;
        for (SourceLine line : lines) {
            sum =
                    sum.plus(
                            new Sum(
                                    0,
                                    1,
                                    line.back() ? 1 : 0,
                                    line.net() + line.discount(),
                                    line.discount(),
                                    line.coupon(),
                                    line.amount()));
        }
        return sum.plus(new Sum(1, 0, 0, 0, 0, 0, 0));
    }
}
