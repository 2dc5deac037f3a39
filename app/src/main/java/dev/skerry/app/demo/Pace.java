package dev.skerry.app.demo;

import java.time.Duration;

/// How many shoppers a store has. Any thread.
final class Pace {

    static final int PER_MINUTE_MAX = 6_000;

    private volatile int perMinute;

    Pace(int perMinute) {
        set(perMinute);
    }

    /// In each store.
    int perMinute() {
        return perMinute;
    }

    /// @param wanted 0 for none, at most [#PER_MINUTE_MAX]
    void set(int wanted) {
        if (wanted < 0 || wanted > PER_MINUTE_MAX) {
            throw new IllegalArgumentException(
                    "from 0 to " + PER_MINUTE_MAX + " shoppers a minute, not " + wanted);
        }
        perMinute = wanted;
    }

    /// The time that a shopper takes at one of so many tills.
    Duration perShopper(int tills) {
        int now = perMinute;
        return now == 0
                ? Duration.ofDays(1)
                : Duration.ofMinutes(1).multipliedBy(tills).dividedBy(now);
    }
}
