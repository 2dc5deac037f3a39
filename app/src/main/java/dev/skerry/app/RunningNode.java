package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// How commands on the same machine find the node that runs on a data folder: the file `node.json`, which is there while it runs,
/// and after an unclean stop.
///
/// @param kind `hq` or `store`
/// @param url of its HTTP listener, without a slash at the end
/// @param secret which opens what only the owner of the folder may do; another one each time
/// @param certificate that it shows, in PEM; empty if it speaks plain HTTP
record RunningNode(String kind, String url, String secret, String certificate) {

    private static final Logger LOG = System.getLogger(RunningNode.class.getName());

    private static final String FILE = "node.json";

    /// One that speaks plain HTTP.
    RunningNode(String kind, String url, String secret) {
        this(kind, url, secret, "");
    }

    static Optional<RunningNode> find(Path data) {
        return SecretFile.read(data.resolve(FILE))
                .map(JsonObject::parse)
                .map(json ->
                        new RunningNode(
                                json.text("kind"),
                                json.text("url"),
                                json.text("secret"),
                                json.optionalText("certificate").orElse("")));
    }

    void write(Path data) {
        SecretFile.write(
                data.resolve(FILE),
                JsonObject.empty()
                        .with("kind", kind)
                        .with("url", url)
                        .with("secret", secret)
                        .with("certificate", certificate)
                        .write());
    }

    /// A file that stays is like one after an unclean stop: nobody answers there. So this never keeps a node from closing the rest.
    static void gone(Path data) {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "file=left name=%s remedy=\"delete it\" why=\"%s\""
                            .formatted(data.resolve(FILE), e));
        }
    }
}
