package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.http.HqCalls;
import dev.skerry.node.http.HqRoute;
import dev.skerry.node.http.HttpProxy;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.node.link.StoreLink;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes a machine a store: shows HQ the join token, and gets a certificate for a key that never leaves the machine. Can be begun
/// again wherever it was stopped:
///
/// ```
/// (nothing) ── HQ answers ──► store.json, not complete ──► the certificate ──► what a fenced machine left is put aside ──► store.json, complete
/// ```
///
/// Up to the certificate HQ is asked again, with the same key; from there on the rest is done without HQ.
final class Joining {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final Path data;
    private final StoreIdentity identity;
    private final Function<URI, Optional<HttpProxy>> proxy;
    private final Function<String, SqliteDatabase> databases;
    private final InstantSource clock;

    /// @param databases opens one of the folder's, by the name of its file
    Joining(
            Path data,
            StoreIdentity identity,
            Function<URI, Optional<HttpProxy>> proxy,
            Function<String, SqliteDatabase> databases,
            InstantSource clock) {
        this.data = data;
        this.identity = identity;
        this.proxy = proxy;
        this.databases = databases;
        this.clock = clock;
    }

    /// What this machine has joined as; empty if it has not, or not so far that it could do without the token.
    Optional<Membership> joined() {
        return Membership.find(data).flatMap(this::finished);
    }

    /// @return what this machine is now
    /// @throws CannotStart if HQ is out of reach or refuses
    Membership join(URI hq, JoinToken token) {
        Optional<Membership> before = joined();
        if (before.isPresent()) {
            Membership known = before.get();
            if (known.tokenHash().equals(token.secretHash())) {
                return known;
            }
            if (!known.store().equals(token.store().text())) {
                throw new CannotStart(
                        "%s belongs to store %s, and the token is for store %s"
                                .formatted(data, known.store(), token.store()),
                        "use another folder");
            }
        }
        JsonObject answer = ask(hq, token);
        List<X509Certificate> chain = Certificates.fromPem(answer.text("certificates"));
        Membership joined =
                new Membership(
                        token.store().text(),
                        answer.text("name"),
                        answer.text("zone"),
                        hq,
                        answer.number("epoch"),
                        answer.flag("restores"),
                        token.secretHash(),
                        Certificates.fingerprint(chain.getFirst()),
                        false);
        joined.write(data);
        identity.complete(token, chain);
        return finished(joined).orElseThrow();
    }

    /// Does what is left to do once the certificate is here; empty if it is not.
    private Optional<Membership> finished(Membership joined) {
        if (joined.complete()) {
            return Optional.of(joined);
        }
        if (identity.store().isEmpty()
                || !Certificates.fingerprint(identity.certificate()).equals(joined.certificate())) {
            return Optional.empty();
        }
        putFencedAside();
        joined.whole().write(data);
        return Optional.of(joined.whole());
    }

    private JsonObject ask(URI hq, JoinToken token) {
        HqRoute route =
                new HqRoute(hq, () -> identity.enrolmentTls(token).context(), proxy.apply(hq));
        JsonObject question =
                JsonObject.empty()
                        .with("store", token.store().text())
                        .with("secret", token.secret().revealed())
                        .with("request", identity.begin(token.store()));
        try {
            HqCalls.Reply reply =
                    new HqCalls(route).post("/v1/join", Bytes.of(question.write()), ANSWER_MAX);
            JsonObject answer = JsonObject.parse(reply.body().copy());
            if (reply.status() != 200) {
                throw new CannotStart(
                        "HQ does not let this machine join: "
                                + answer.optionalText("detail").orElse("HTTP " + reply.status()),
                        "nothing was changed here");
            }
            return answer;
        } catch (IOException e) {
            throw new CannotStart(
                    "HQ cannot be reached at " + hq + ": " + why(e),
                    "check the address, which begins with https:// and has the port on which stores come in, and the line; joining needs HQ, later starts do not");
        } catch (MalformedJsonException e) {
            throw new CannotStart(
                    hq + " does not answer like an HQ: " + e.getMessage(), "check the address");
        }
    }

    private static String why(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /// What a fenced machine wrote is not what the store wrote: it is kept for people, and the machine begins anew.
    private void putFencedAside() {
        Path link = data.resolve(StoreServer.LINK_FILE);
        if (!Files.exists(link)) {
            return;
        }
        Optional<String> fenced;
        try (SqliteDatabase database = databases.apply(StoreServer.LINK_FILE)) {
            fenced = StoreLink.fenced(database);
        }
        if (fenced.isEmpty()) {
            return;
        }
        Path aside =
                data.resolve("set-aside").resolve(clock.instant().toString().replace(':', '-'));
        try {
            Files.createDirectories(aside);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(data, "*.db*")) {
                for (Path file : files) {
                    if (!file.equals(link)) {
                        // An attempt that was stopped may have moved the lock of the link's
                        // database, which is opened once more above.
                        Files.move(
                                file,
                                aside.resolve(String.valueOf(file.getFileName())),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            // Durable, before what says that there is something to put aside goes, too: after a
            // stop in between the next start goes on.
            try (FileChannel from = FileChannel.open(data);
                    FileChannel to = FileChannel.open(aside)) {
                to.force(true);
                from.force(true);
            }
            Files.move(link, aside.resolve(StoreServer.LINK_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put aside what is in " + data, e);
        }
    }
}
