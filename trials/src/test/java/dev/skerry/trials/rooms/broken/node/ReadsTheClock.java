package dev.skerry.trials.rooms.broken.node;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Supplier;

@SuppressWarnings("JavaUtilDate")
final class ReadsTheClock {

    /// Not a call, so that ArchUnit's callMethod would not see it.
    Supplier<Instant> reference() {
        return Instant::now;
    }

    LocalDate date(ZoneId zone) {
        return LocalDate.now(zone);
    }

    LocalDateTime dateTime() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    Clock ticking() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    InstantSource source() {
        return InstantSource.system();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    long nanos() {
        return System.nanoTime();
    }

    Date old() {
        return new Date();
    }

    Calendar older() {
        return Calendar.getInstance();
    }
}
