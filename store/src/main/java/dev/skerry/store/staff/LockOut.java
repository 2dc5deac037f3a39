package dev.skerry.store.staff;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long no PIN is looked at after how many wrong ones: the fifth costs 30 s, each later one twice as long, up to 15 min. A right PIN
/// ends the count of its person, so that mistyping does not add up over a day.
final class LockOut {

    static final int WRONG_MAX = 5;
    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(15);

    /// A wrong PIN so long ago does not count any more.
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    private LockOut() {}

    /// Until when the door is shut.
    ///
    /// @param wrong how many wrong PINs there are with the one just given
    /// @return null if it is not
    static @Nullable Instant until(int wrong, Instant now) {
        if (wrong < WRONG_MAX) {
            return null;
        }
        Duration shut = FIRST;
        for (int i = WRONG_MAX; i < wrong && shut.compareTo(LONGEST) < 0; i++) {
            shut = shut.multipliedBy(2);
        }
        return now.plus(shut.compareTo(LONGEST) < 0 ? shut : LONGEST);
    }

    /// Whether the door is shut now. A lock-out cannot lie further ahead than the longest: then the clock was wrong when it began, or
    /// is now, and the store has to trade.
    static boolean holds(Instant until, Instant now) {
        return until.isAfter(now) && !until.isAfter(now.plus(LONGEST));
    }

    /// How many wrong PINs are left.
    static int left(int wrong) {
        return Math.max(0, WRONG_MAX - wrong);
    }
}
