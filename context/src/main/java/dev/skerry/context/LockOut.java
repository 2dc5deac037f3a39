package dev.skerry.context;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long no PIN or password is looked at after how many wrong ones: the fifth costs 30 s, each later one twice as long, up to 15 min. A
/// right one ends the count of its person, so that mistyping does not add up over a day.
public final class LockOut {

    public static final int WRONG_MAX = 5;
    public static final Duration FIRST = Duration.ofSeconds(30);
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /// A wrong PIN or password so long ago does not count any more.
    public static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    private LockOut() {}

    /// Until when the door is shut.
    ///
    /// @param wrong how many wrong ones there are with the one just given
    /// @return null if it is not
    public static @Nullable Instant until(int wrong, Instant now) {
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
    public static boolean holds(Instant until, Instant now) {
        return until.isAfter(now) && !until.isAfter(now.plus(LONGEST));
    }

    /// How many wrong ones are left.
    public static int left(int wrong) {
        return Math.max(0, WRONG_MAX - wrong);
    }
}
