package dev.skerry.app;

import dev.skerry.app.chain.DatabasePlace;
import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        ClientStreams streams = new ClientStreams(data, configuration, clock);
        return new HqPlace(of(streams), streams::close);
    }

    /// Those of an HQ in this process.
    static DatabasePlace of(ClientStreams streams) {
        return new DatabasePlace(
                streams.database(),
                (tx, name) -> streams.served().adopt(tx, name, "application/json"));
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
