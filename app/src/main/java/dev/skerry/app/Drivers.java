package dev.skerry.app;

import dev.skerry.stream.Driver;
import dev.skerry.stream.DriverSettings;
import dev.skerry.stream.Pacer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/// Makes drivers that differ in how often they look at what has no news.
final class Drivers {

    private Drivers() {}

    static Driver looking(Duration every, InstantSource clock) {
        DriverSettings pauses = DriverSettings.defaults();
        return new Driver(
                new DriverSettings(every, pauses.backOffMin(), pauses.backOffMax()),
                Pacer.REAL,
                new Random(),
                clock);
    }
}
