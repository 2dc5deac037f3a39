package dev.skerry.pricing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a combination of promotions is worth: what each priority class takes off, highest class first, and how many
/// applications that needs. More is better in the first class that differs; then fewer applications are.
final class Worth implements Comparable<Worth> {

    private final long[] off;
    private final int applications;

    private Worth(long[] off, int applications) {
        this.off = off;
        this.applications = applications;
    }

    static Worth nothing(int classes) {
        return new Worth(new long[classes], 0);
    }

    Worth plus(int priority, long more, int applied) {
        long[] sum = off.clone();
        sum[priority] += more;
        return new Worth(sum, applications + applied);
    }

    Worth plus(Worth other) {
        long[] sum = off.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.off[i];
        }
        return new Worth(sum, applications + other.applications);
    }

    Worth minus(Worth other) {
        long[] difference = off.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= other.off[i];
        }
        return new Worth(difference, applications - other.applications);
    }

    /// By what is taken off only.
    int compareOff(Worth other) {
        return Arrays.compare(off, other.off);
    }

    /// What the highest priority class takes off.
    long first() {
        return off[0];
    }

    boolean takesOff() {
        return compareOff(nothing(off.length)) > 0;
    }

    @Override
    public int compareTo(Worth other) {
        int compared = compareOff(other);
        return compared != 0 ? compared : Integer.compare(other.applications, applications);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Worth that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(off) * 31 + applications;
    }
}
