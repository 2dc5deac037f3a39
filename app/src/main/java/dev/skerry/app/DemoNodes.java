package dev.skerry.app;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.app.demo.Nodes;
import dev.skerry.language.Json;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.NodeSettings;
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
                        OwnNodes.configuration(
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
                            OwnNodes.configuration(
                                    Map.of(
                                            NodeSettings.HTTP_PORT.key(),
                                            String.valueOf(port),
                                            NodeSettings.SHOP_TERMINAL.key(),
                                            "simulator",
                                            NodeSettings.SHOP_GO.key(),
                                            "true",
                                            NodeSettings.SHOP_GO_TERMINAL.key(),
                                            "exit-1",
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
            NodeCalls hq = OwnNodes.calls(data);
            String token =
                    hq.post(
                                    "/api/stores",
                                    JsonObject.empty()
                                            .with("id", shop.id())
                                            .with("name", shop.name())
                                            .with("zone", shop.zone()))
                            .text("token");
            hq.put(
                    "/api/stores/" + shop.id() + "/profile",
                    JsonObject.parse(Json.write(shop.profile())));
            return token;
        }

        @Override
        public void letIn(String person, String password) {
            OwnNodes.calls(data)
                    .put(
                            "/api/people/" + person,
                            JsonObject.empty()
                                    .with("name", "Alex")
                                    .with("roles", List.of("ADMIN"))
                                    .with("password", password));
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
            return OwnNodes.addDevice(data, name, kind);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
