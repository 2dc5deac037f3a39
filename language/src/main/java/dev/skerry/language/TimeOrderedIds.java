package dev.skerry.language;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Makes ids (UUID version 7, RFC 9562) of which each is greater than all that this object made
/// before, also while the clock stands still or has jumped back: then the ids count on from the
/// last one, and their time stays ahead of the clock's until the clock has passed it.
///
/// Two objects, or one process before and after its restart, are only as ordered as their clocks,
/// and kept apart by at least 62 random bits an id. Any number of threads may use this if they may
/// use its random generator; where an id must not be guessed, give a `SecureRandom`. The text form
/// is `next().toString()`: 36 characters, lower-case, in the same order as the ids.
public final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final RandomGenerator random;

    /// The last id's milliseconds since 1970, and below them its counter, which carries into them.
    private final AtomicLong last = new AtomicLong();

    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    public UUID next() {
        // A new millisecond's counter starts in its lower half, so that it has room to count.
        long now = clock.millis() << COUNTER_BITS | random.nextInt(1 << (COUNTER_BITS - 1));
        long id = last.updateAndGet(before -> Math.max(before + 1, now));
        long millis = id >>> COUNTER_BITS;
        long counter = id & ((1 << COUNTER_BITS) - 1);
        return new UUID(
                millis << 16 | 0x7000 | counter, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
