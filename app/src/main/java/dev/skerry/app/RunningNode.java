package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How commands on the same machine find the node that runs on a data folder: the file `node.json`, which is there while it runs,
/// and after an unclean stop.
///
/// @param kind `hq` or `store`
/// @param url of its HTTP listener, without a slash at the end
/// @param secret which opens what only the owner of the folder may do; another one each time
record RunningNode(String kind, String url, String secret) {

    private static final String FILE = "node.json";

    static Optional<RunningNode> find(Path data) {
        return SecretFile.read(data.resolve(FILE))
                .map(JsonObject::parse)
                .map(json ->
                        new RunningNode(json.text("kind"), json.text("url"), json.text("secret")));
    }

    void write(Path data) {
        SecretFile.write(
                data.resolve(FILE),
                JsonObject.empty()
                        .with("kind", kind)
                        .with("url", url)
                        .with("secret", secret)
                        .write());
    }

    static void gone(Path data) {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + data.resolve(FILE), e);
        }
    }
}
