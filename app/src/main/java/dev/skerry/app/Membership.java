package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Which store a data folder belongs to, and where its HQ is: the file `store.json`.
///
/// @param epoch and
/// @param restores what HQ said when this machine joined
/// @param tokenHash of the join token that was used
/// @param certificate fingerprint of the certificate that HQ gave this machine when it joined; empty where that was not written down yet
/// @param complete the certificate is here, too; false after a stop in the middle of joining
record Membership(
        String store,
        String name,
        String zone,
        URI hq,
        long epoch,
        boolean restores,
        String tokenHash,
        String certificate,
        boolean complete) {

    private static final String FILE = "store.json";

    static Optional<Membership> find(Path data) {
        return SecretFile.read(data.resolve(FILE))
                .map(JsonObject::parse)
                .map(json ->
                        new Membership(
                                json.text("store"),
                                json.text("name"),
                                json.text("zone"),
                                URI.create(json.text("hq")),
                                json.number("epoch"),
                                json.flag("restores"),
                                json.text("tokenHash"),
                                json.optionalText("certificate").orElse(""),
                                json.flag("complete")));
    }

    Membership whole() {
        return new Membership(store, name, zone, hq, epoch, restores, tokenHash, certificate, true);
    }

    Membership at(URI otherHq) {
        return new Membership(
                store, name, zone, otherHq, epoch, restores, tokenHash, certificate, complete);
    }

    void write(Path data) {
        SecretFile.write(
                data.resolve(FILE),
                JsonObject.empty()
                        .with("store", store)
                        .with("name", name)
                        .with("zone", zone)
                        .with("hq", hq.toString())
                        .with("epoch", epoch)
                        .with("restores", restores)
                        .with("tokenHash", tokenHash)
                        .with("certificate", certificate)
                        .with("complete", complete)
                        .write());
    }
}
