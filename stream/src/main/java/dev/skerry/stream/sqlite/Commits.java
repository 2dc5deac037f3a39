package dev.skerry.stream.sqlite;

import java.time.Duration;

/// What a database has committed since it was opened.
///
/// @param count of commits, each with one fsync
/// @param works pieces of work in them; by commits that is the size of a group
/// @param taken by committing, fsync included
public record Commits(long count, long works, Duration taken) {

    static final Commits NONE = new Commits(0, 0, Duration.ZERO);

    Commits and(int group, Duration time) {
        // A clock may be set back.
        return new Commits(count + 1, works + group, time.isNegative() ? taken : taken.plus(time));
    }
}
