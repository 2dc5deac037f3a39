package dev.skerry.app;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.app.demo.Nodes;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.http.HttpHostException;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.stream.StreamException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers of a demo: an HQ and stores as anywhere, on loopback, with a simulated card terminal. Any thread.
record DemoNodes() implements Nodes {

    @Override
    public Hq startHq(Path data) {
        HqServer server =
                HqServer.start(
                        data,
                        configuration(
                                Map.of(
                                        NodeSettings.HTTP_PORT.key(), "0",
                                        NodeSettings.LINK_PORT.key(), "0",
                                        NodeSettings.HQ_NAME.key(), "Harbour Markets")));
        return new RunningHq(data, server);
    }

    @Override
    public Store startStore(Path data, int port, @Nullable Joining joining) {
        try {
            return new RunningStore(
                    data,
                    StoreServer.start(
                            data,
                            configuration(
                                    Map.of(
                                            NodeSettings.HTTP_PORT.key(),
                                            String.valueOf(port),
                                            NodeSettings.SHOP_TERMINAL.key(),
                                            "simulator",
                                            NodeSettings.SHOP_PAIR_ON_LOOPBACK.key(),
                                            "any")),
                            joining == null
                                    ? null
                                    : new StoreServer.Invitation(
                                            joining.hq(), JoinToken.parse(joining.token())),
                            Map.of()));
        } catch (CannotStart | HttpHostException | StreamException | IdentityException e) {
            throw new StartFailed(e);
        }
    }

    private static Configuration configuration(Map<String, String> settings) {
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(settings)));
    }

    private static NodeCalls calls(Path data) {
        return new NodeCalls(
                RunningNode.find(data)
                        .orElseThrow(() ->
                                new CannotStart(
                                        "node.json is gone from " + data,
                                        "leave the demo's folder alone while it runs")));
    }

    private record RunningHq(Path data, HqServer server) implements Hq {

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public int linkPort() {
            return server.linkPort();
        }

        @Override
        public ReferencePlace reference() {
            return server.reference();
        }

        @Override
        public String invite(Shop shop) {
            return calls(data)
                    .post(
                            "/api/stores",
                            JsonObject.empty()
                                    .with("id", shop.id())
                                    .with("name", shop.name())
                                    .with("zone", shop.zone()))
                    .text("token");
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private record RunningStore(Path data, StoreServer server) implements Store {

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Optional<String> addDevice(String name, String kind) {
            try {
                return Optional.of(
                        calls(data)
                                .post(
                                        "/api/devices",
                                        JsonObject.empty()
                                                .with("name", name)
                                                .with("kind", kind)
                                                .with("replace", true))
                                .text("token"));
            } catch (CannotStart e) {
                // It lets nobody in before HQ has said that it is the store.
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
