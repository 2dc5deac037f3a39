package dev.skerry.app;

import static java.util.Objects.requireNonNull;

import dev.skerry.app.chain.DatabasePlace;
import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.app.headquarters.Masters;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The reference streams of the HQ whose data folder is given, whether or not it is running. For one thread.
final class HqPlace implements ReferencePlace, AutoCloseable {

    private final ReferencePlace place;
    private final Runnable closing;

    private HqPlace(ReferencePlace place, Runnable closing) {
        this.place = place;
        this.closing = closing;
    }

    /// @throws CannotStart if it is no HQ's
    static HqPlace open(Path data, InstantSource clock) {
        Optional<RunningNode> running = RunningNode.find(data).filter(NodeCalls::answers);
        if (running.isPresent()) {
            if (!running.get().kind().equals("hq")) {
                throw notOfHq(data);
            }
            return new HqPlace(new Running(new NodeCalls(running.get())), () -> {});
        }
        if (!Files.exists(data.resolve(HqServer.ESTATE))) {
            throw notOfHq(data);
        }
        Configuration configuration =
                Configuration.load(NodeSettings.SCHEMA, NodeOptions.standard(data));
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean done = false;
        try {
            ClientStreams streams = new ClientStreams(data, configuration, clock);
            opened.push(streams);
            requireMoved(data, streams.database());
            Map<String, SqliteDatabase> databases = new HashMap<>();
            for (String file : Masters.FILES) {
                SqliteDatabase database = Databases.open(data, file, configuration, clock);
                opened.push(database);
                databases.put(file, database);
            }
            HqPlace place =
                    new HqPlace(
                            of(streams, file -> requireNonNull(databases.get(file), file)),
                            () -> Closing.all(opened));
            done = true;
            return place;
        } finally {
            if (!done) {
                Closing.all(opened);
            }
        }
    }

    /// Those of an HQ in this process.
    ///
    /// @param databases of contexts, by the names of their files
    static ReferencePlace of(ClientStreams streams, Function<String, SqliteDatabase> databases) {
        Map<String, ReferencePlace> places = new HashMap<>();
        Masters.FILES.forEach(
                file -> places.put(file, new DatabasePlace(databases.apply(file), (_, _) -> {})));
        return new Spread(
                places,
                new DatabasePlace(
                        streams.database(),
                        (tx, name) -> streams.served().adopt(tx, name, "application/json")));
    }

    /// @param streams of clients, among which earlier versions kept what is in the contexts' databases now
    /// @throws CannotStart if it still is
    static void requireMoved(Path data, SqliteDatabase streams) {
        streams.matching(StreamPattern.of("hq/**")).stream()
                .filter(it -> Masters.file(it.name()).isPresent())
                .findFirst()
                .ifPresent(it -> {
                    throw new CannotStart(
                            "%s was written by an earlier version of this program: %s is in %s"
                                    .formatted(data, it.name(), ClientStreams.FILE),
                            "start HQ with an empty folder and fill it anew (./skerry import, or ./skerry generate); stores join it anew. Nothing was changed");
                });
    }

    private static CannotStart notOfHq(Path data) {
        return new CannotStart(
                data + " is not the data folder of an HQ",
                "start one there: ./skerry hq --data " + data);
    }

    @Override
    public Page read(ReferenceStream<?> stream, long offset) {
        return place.read(stream, offset);
    }

    @Override
    public void append(ReferenceStream<?> stream, List<CloudEvent> events) {
        place.append(stream, events);
    }

    @Override
    public void close() {
        closing.run();
    }

    /// @param places of contexts, by the names of their databases' files
    private record Spread(Map<String, ReferencePlace> places, ReferencePlace rest)
            implements ReferencePlace {

        private ReferencePlace of(ReferenceStream<?> stream) {
            return Masters.file(stream.name()).map(places::get).orElse(rest);
        }

        @Override
        public Page read(ReferenceStream<?> stream, long offset) {
            return of(stream).read(stream, offset);
        }

        @Override
        public void append(ReferenceStream<?> stream, List<CloudEvent> events) {
            of(stream).append(stream, events);
        }
    }

    /// Asks the HQ that runs.
    private record Running(NodeCalls hq) implements ReferencePlace {

        private static String path(ReferenceStream<?> stream) {
            return "/api/reference/" + stream.shortName();
        }

        @Override
        public Page read(ReferenceStream<?> stream, long offset) {
            JsonObject page = hq.get(path(stream) + "?offset=" + offset);
            List<String> keys = page.texts("keys");
            List<String> digests = page.texts("digests");
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.add(new Entry(keys.get(i), digests.get(i), digests.get(i).isEmpty()));
            }
            return new Page(entries, page.number("next"), page.flag("upToDate"));
        }

        @Override
        public void append(ReferenceStream<?> stream, List<CloudEvent> events) {
            hq.post(
                    path(stream),
                    JsonObject.empty()
                            .with(
                                    "events",
                                    events.stream()
                                            .map(it ->
                                                    new String(
                                                            CloudEventJson.write(it),
                                                            StandardCharsets.UTF_8))
                                            .toList()));
        }
    }
}
