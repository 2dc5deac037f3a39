package dev.skerry.app;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.replay.Servers;
import dev.skerry.app.replay.Site;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.http.HttpHostException;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The servers of a replay: an HQ and stores as anywhere, on loopback. Any thread.
///
/// @param clock of this machine
record ReplayServers(InstantSource clock) implements Servers {

    @Override
    public Hq hq(Path data) {
        Optional<RunningNode> running = RunningNode.find(data).filter(NodeCalls::answers);
        if (running.isPresent()) {
            int port = URI.create(running.get().url()).getPort();
            int linkPort =
                    Configuration.load(NodeSettings.SCHEMA, NodeOptions.standard(data))
                            .value(NodeSettings.LINK_PORT);
            HqPlace place = HqPlace.open(data, clock);
            return new ReachedHq(data, port, linkPort, place, place::close);
        }
        HqServer server =
                HqServer.start(
                        data,
                        OwnNodes.configuration(
                                Map.of(
                                        NodeSettings.HTTP_PORT.key(), "0",
                                        NodeSettings.LINK_PORT.key(), "0",
                                        NodeSettings.HQ_NAME.key(), "Replay")));
        return new ReachedHq(
                data, server.port(), server.linkPort(), server.reference(), server::close);
    }

    @Override
    public Store store(Site site, Path data, InstantSource shopClock, @Nullable Joining joining) {
        try {
            return new RunningStore(
                    data,
                    StoreServer.start(
                            data,
                            OwnNodes.configuration(
                                    Map.of(
                                            NodeSettings.HTTP_PORT.key(),
                                            "0",
                                            NodeSettings.SHOP_TIME_ZONE.key(),
                                            site.time().getId(),
                                            NodeSettings.SHOP_CURRENCY.key(),
                                            site.currency().getCurrencyCode())),
                            joining == null
                                    ? null
                                    : new StoreServer.Invitation(
                                            joining.hq(), JoinToken.parse(joining.token())),
                            Map.of(),
                            shopClock));
        } catch (CannotStart | HttpHostException | StreamException | IdentityException e) {
            throw new StartFailed(e);
        }
    }

    @Override
    public Optional<Integer> line(Path data) {
        return Membership.find(data).map(it -> it.hq().getPort());
    }

    @Override
    public void read(Path data, String file, String stream, Consumer<CloudEvent> events) {
        if (!Files.exists(data.resolve(file))) {
            return;
        }
        StreamName name = StreamName.of(stream);
        try (SqliteDatabase database =
                Databases.open(data, file, OwnNodes.configuration(Map.of()), clock)) {
            long offset = 0;
            boolean more = database.find(name).isPresent();
            while (more) {
                switch (database.read(
                        name, offset, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
                    case Read.Gone(long earliest) -> offset = earliest;
                    case Read.Page(List<Event> page, long next, boolean upToDate) -> {
                        page.forEach(it -> events.accept(CloudEvents.read(it)));
                        offset = next;
                        more = !upToDate;
                    }
                }
            }
        }
    }

    private record ReachedHq(
            Path data, int port, int linkPort, ReferencePlace reference, Runnable closing)
            implements Hq {

        @Override
        public String invite(Site site) {
            return OwnNodes.calls(data)
                    .post(
                            "/api/stores",
                            JsonObject.empty().with("id", site.id()).with("name", site.name()))
                    .text("token");
        }

        @Override
        public void close() {
            closing.run();
        }
    }

    private record RunningStore(Path data, StoreServer server) implements Store {

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Optional<String> addDevice(String name, String kind) {
            return OwnNodes.addDevice(data, name, kind);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
