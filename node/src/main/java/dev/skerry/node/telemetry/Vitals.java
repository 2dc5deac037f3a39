package dev.skerry.node.telemetry;

import dev.skerry.stream.sqlite.Commits;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What every node has to tell of itself, whatever it does. Any thread.
///
/// @param databases by the name of their file
public record Vitals(
        Self self,
        Instant startedAt,
        InstantSource clock,
        Disk disk,
        Map<String, SqliteDatabase> databases,
        Readiness readiness)
        implements Figures.Source {

    private static final Path PROCESS = Path.of("/proc/self/status");

    /// Which node it is.
    ///
    /// @param kind `hq` or `store`
    /// @param node such as `store-0042`
    /// @param software for people, such as `skerry 0.1.0`
    public record Self(String kind, String node, String software) {}

    public Vitals {
        databases = Map.copyOf(databases);
    }

    /// Those of a node that starts now. It is ready while its databases are sound, its disk has room, and what else is checked
    /// is right.
    public static Vitals of(
            Self self,
            Disk disk,
            Map<String, SqliteDatabase> databases,
            List<Readiness.Check> more,
            InstantSource clock) {
        List<Readiness.Check> checks = new ArrayList<>(more);
        new TreeMap<>(databases)
                .forEach((name, database) -> checks.add(Readiness.sound(name, database::damage)));
        checks.add(Readiness.room(disk));
        return new Vitals(self, clock.instant(), clock, disk, databases, new Readiness(checks));
    }

    public Instant now() {
        return clock.instant();
    }

    @Override
    public void tell(Figures figures) {
        figures.put(NodeMetrics.NODE_INFO, 1, self.node(), self.kind(), self.software())
                .put(NodeMetrics.READY, readiness.found().isEmpty())
                .put(NodeMetrics.UPTIME, Duration.between(startedAt, now()))
                .put(NodeMetrics.DISK_FREE_MIN, disk.freeBytesMin());
        long resident = residentBytes();
        if (resident > 0) {
            figures.put(NodeMetrics.RESIDENT, resident);
        }
        disk.space()
                .ifPresent(space ->
                        figures.put(NodeMetrics.DISK_FREE, space.freeBytes())
                                .put(NodeMetrics.DISK_TOTAL, space.totalBytes())
                                .put(NodeMetrics.DISK_DATA, space.dataBytes()));
        new TreeMap<>(databases).forEach((name, database) -> tell(name, database, figures));
    }

    private static void tell(String name, SqliteDatabase database, Figures figures) {
        Commits commits = database.commits();
        figures.put(NodeMetrics.DATABASE_DAMAGED, database.damage().isPresent(), name)
                .put(NodeMetrics.DATABASE_COMMITS, commits.count(), name)
                .put(NodeMetrics.DATABASE_WORKS, commits.works(), name)
                .put(NodeMetrics.DATABASE_COMMITTING, commits.taken(), name);
    }

    /// @return 0 if this machine does not say
    private static long residentBytes() {
        try {
            return Files.exists(PROCESS)
                    ? Files.readAllLines(PROCESS).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                            .sum()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
