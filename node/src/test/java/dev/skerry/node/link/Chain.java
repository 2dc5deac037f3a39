package dev.skerry.node.link;

import dev.skerry.node.link.Estate.Joining;
import dev.skerry.node.link.LinkStatus.OfStream;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/// HQ and its stores, in one thread, on a line that can be cut; time passes when told.
final class Chain {

    private static final Instant BEGIN = Instant.parse("2026-06-01T08:00:00Z");

    Instant now = BEGIN;
    private final Random random = new Random(7);
    final MemoryDisk hqDisk = new MemoryDisk();
    final Trouble hqTrouble = new Trouble();
    final MemoryDatabase hqDatabase =
            new MemoryDatabase(hqDisk, MemorySettings.defaults(), hqTrouble, () -> now);
    final Damage hqDamage = new Damage();
    final Estate estate = new Estate(hqDatabase, () -> now, random);
    private final List<Steps> sessions = new ArrayList<>();
    final HqLink hq =
            new HqLink(
                    estate,
                    new Homes(
                            List.of(),
                            new Home<>(
                                    hqDamage.of(hqDatabase),
                                    (_, _, _) -> {},
                                    _ -> "application/json")),
                    Lanes.defaults(),
                    "test",
                    "HQ",
                    HqSettings.defaults(),
                    new HqLink.Hosting() {
                        @Override
                        public void start(Steps session) {
                            sessions.add(session);
                        }

                        @Override
                        public void stop(Steps session) {
                            sessions.remove(session);
                        }
                    },
                    () -> now);
    final MemoryLine line = new MemoryLine(hq);
    private final List<Machine> machines = new ArrayList<>();

    /// What goes wrong with a disk.
    static final class Trouble implements Faults {
        boolean full;

        /// Commits are there, and say that they may not be.
        boolean unsure;

        @Override
        public void beforeCommit() {
            if (full) {
                throw new StreamException(Kind.DISK_FULL, "the disk is full", "", true, null);
            }
        }

        @Override
        public void afterCommit() {
            if (unsure) {
                throw new StreamException(Kind.IO, "nobody knows", "", true, null);
            }
        }
    }

    /// A store's server.
    final class Machine {
        final String id;
        final String certificateOf;
        final MemoryDisk disk;
        final String fingerprint;
        final StoreLink.Enrolled enrolled;
        final List<String> exported = new ArrayList<>();
        final Trouble trouble = new Trouble();
        final Damage damage = new Damage();
        Bandwidth down = Bandwidth.unlimited();

        /// What its streams hold, where it is not JSON.
        final Map<StreamName, String> contentTypes = new HashMap<>();

        MemoryDatabase database;
        StoreLink link;

        Machine(
                String id,
                String certificateOf,
                MemoryDisk disk,
                String fingerprint,
                StoreLink.Enrolled enrolled) {
            this.id = id;
            this.certificateOf = certificateOf;
            this.disk = disk;
            this.fingerprint = fingerprint;
            this.enrolled = enrolled;
            this.database = new MemoryDatabase(disk, MemorySettings.defaults(), trouble, () -> now);
            this.link = start();
        }

        private StoreLink start() {
            return new StoreLink(
                    new StoreLink.Self(
                            id, "test", enrolled, Lanes.defaults(), Bandwidth.unlimited(), down),
                    new Homes(
                            List.of(),
                            new Home<>(
                                    damage.of(database),
                                    (_, stream, type) -> contentTypes.put(stream, type),
                                    stream ->
                                            contentTypes.getOrDefault(stream, "application/json"))),
                    line.dialer(certificateOf, fingerprint),
                    this::export,
                    LinkSettings.defaults(),
                    () -> now,
                    random);
        }

        private String export(String name, String why, Consumer<Consumer<Event>> events) {
            events.accept(event ->
                    exported.add(
                            event.stream() + "@" + event.offset() + " " + event.payload().text()));
            return name;
        }

        void restart() {
            database = new MemoryDatabase(disk, MemorySettings.defaults(), trouble, () -> now);
            link = start();
        }

        void sell(String what) {
            append(database, "store-" + id + "/orders", what);
        }

        boolean open() {
            return link.standing() instanceof Standing.Open;
        }

        /// How one of its streams stands.
        OfStream status(String stream) {
            return link.status().streams().stream()
                    .filter(one -> one.name().value().equals(stream))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// A machine that joins as a store.
    Machine join(String id, String zone, String fingerprint) {
        estate.invite(
                id,
                "Store " + id,
                zone,
                new Estate.Token("hash " + fingerprint, now.plus(Duration.ofDays(1))));
        Joining.Joined joined =
                (Joining.Joined)
                        estate.join(id, "hash " + fingerprint, "key " + fingerprint, fingerprint);
        Machine machine =
                new Machine(
                        id,
                        id,
                        new MemoryDisk(),
                        fingerprint,
                        new StoreLink.Enrolled(joined.store().epoch(), joined.restores()));
        machines.add(machine);
        return machine;
    }

    /// A machine that says that it is a store, with the certificate of another.
    Machine stranger(String id, String certificateOf, String fingerprint) {
        return stranger(id, certificateOf, fingerprint, new StoreLink.Enrolled(1, false));
    }

    /// As above, and what it was told when it joined.
    Machine stranger(
            String id, String certificateOf, String fingerprint, StoreLink.Enrolled enrolled) {
        Machine machine = new Machine(id, certificateOf, new MemoryDisk(), fingerprint, enrolled);
        machines.add(machine);
        return machine;
    }

    /// The same machine as of now, switched off.
    Machine copy(Machine of) {
        return new Machine(of.id, of.id, of.disk.copy(), of.fingerprint, of.enrolled);
    }

    /// Switches a machine on.
    void switchOn(Machine machine) {
        machine.restart();
        machines.add(machine);
    }

    void switchOff(Machine machine) {
        machines.remove(machine);
    }

    /// Lets everybody work until nobody has anything to do, for some time.
    void run(Duration time) {
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            boolean busy = true;
            for (int i = 0; busy && i < 10_000; i++) {
                busy = hq.step() instanceof Steps.Step.Moved;
                for (Machine machine : machines) {
                    busy |= machine.link.step() instanceof Steps.Step.Moved;
                }
                for (Steps session : List.copyOf(sessions)) {
                    busy |= session.step() instanceof Steps.Step.Moved;
                }
                busy |= line.carry();
            }
            now = now.plusMillis(100);
        }
    }

    /// Lets HQ's sessions work, and nothing be carried.
    void stepSessions() {
        hq.step();
        List.copyOf(sessions).forEach(Steps::step);
    }

    static void append(MemoryDatabase database, String stream, String what) {
        database.write(tx -> {
            tx.open(StreamName.of(stream), StreamSettings.keepAll());
            return tx.append(StreamName.of(stream), NewEvent.of(what));
        });
    }

    static void put(MemoryDatabase database, String stream, String key, String what) {
        database.write(tx -> {
            tx.open(StreamName.of(stream), StreamSettings.compactedByKey());
            return tx.append(StreamName.of(stream), NewEvent.keyed(key, Bytes.of(what)));
        });
    }

    static void delete(MemoryDatabase database, String stream, String key) {
        database.write(tx -> tx.append(StreamName.of(stream), NewEvent.deletion(key, Bytes.EMPTY)));
    }

    /// Telemetry: the newest that fit are kept.
    static void note(MemoryDatabase database, String stream, String what) {
        database.write(tx -> {
            tx.open(StreamName.of(stream), StreamSettings.keepNewest(500));
            return tx.append(StreamName.of(stream), NewEvent.of(what));
        });
    }

    static List<String> events(MemoryDatabase database, String stream) {
        if (database.find(StreamName.of(stream)).isEmpty()) {
            return List.of();
        }
        Read.Page page =
                (Read.Page)
                        database.read(StreamName.of(stream), 0, Integer.MAX_VALUE, Long.MAX_VALUE);
        return page.events().stream().map(event -> event.payload().text()).toList();
    }
}
