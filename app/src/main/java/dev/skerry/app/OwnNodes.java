package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a program does with nodes that it runs inside itself.
final class OwnNodes {

    private OwnNodes() {}

    static Configuration configuration(Map<String, String> settings) {
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(settings)));
    }

    /// Asks the node on this folder, as its owner.
    static NodeCalls calls(Path data) {
        return new NodeCalls(
                RunningNode.find(data)
                        .orElseThrow(() ->
                                new CannotStart(
                                        "node.json is gone from " + data,
                                        "leave the folder alone while it runs")));
    }

    /// Lets a device into the store on this folder, in the place of one that has its name.
    ///
    /// @return its token; empty while the store lets nobody in, as before HQ has said that it is the store
    static Optional<String> addDevice(Path data, String name, String kind) {
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
            return Optional.empty();
        }
    }
}
