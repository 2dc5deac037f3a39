package dev.skerry.benchmarks.link;

import dev.skerry.language.JsonObject;
import dev.skerry.node.http.HqCalls;
import dev.skerry.node.http.HqRoute;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.stream.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A process with any number of [LightStore]s, each of them registered and joined at an HQ that runs; they stay away until told.
final class LightStores {

    private static final int JOINING_AT_ONCE = 8;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final List<LightStore> stores;
    private final LightStore.Seen seen;

    /// @param arguments `FOLDER HQ-FOLDER LINK-PORT STREAM STORES`
    public static void main(String[] arguments) throws Exception {
        Path hq = Path.of(arguments[1]);
        InetSocketAddress link = Ports.at(Integer.parseInt(arguments[2]));
        Proof proof = new Proof();
        LightStore.Seen seen = new LightStore.Seen();
        List<Future<LightStore>> joining = new ArrayList<>();
        List<LightStore> stores = new ArrayList<>();
        try (ExecutorService joiners = Executors.newFixedThreadPool(JOINING_AT_ONCE)) {
            for (int i = 1; i <= Integer.parseInt(arguments[4]); i++) {
                String id = "%04d".formatted(i);
                Path folder = Path.of(arguments[0], id);
                joining.add(
                        joiners.submit(() -> {
                            Joined joined = join(hq, link, id, folder);
                            return new LightStore(
                                    id,
                                    joined.epoch,
                                    joined.identity.hqTls(),
                                    link,
                                    arguments[3],
                                    proof,
                                    seen);
                        }));
            }
            for (Future<LightStore> one : joining) {
                stores.add(one.get());
            }
        }
        stores.forEach(store -> Thread.ofVirtual().start(store));
        new LightStores(stores, seen).serve();
    }

    private record Joined(StoreIdentity identity, long epoch) {}

    private static Joined join(Path hq, InetSocketAddress link, String id, Path folder)
            throws IOException {
        JoinToken token = JoinToken.parse(HqTokens.token(hq, id));
        StoreIdentity identity =
                StoreIdentity.open(
                        Files.createDirectories(folder),
                        InstantSource.system(),
                        new SecureRandom());
        HqRoute route =
                new HqRoute(
                        URI.create("https://127.0.0.1:" + link.getPort()),
                        () -> identity.enrolmentTls(token).context(),
                        Optional.empty());
        JsonObject question =
                JsonObject.empty()
                        .with("store", id)
                        .with("secret", token.secret().revealed())
                        .with("request", identity.begin(token.store()));
        HqCalls.Reply reply =
                new HqCalls(route).post("/v1/join", Bytes.of(question.write()), ANSWER_MAX);
        if (reply.status() != 200) {
            throw new IOException("HQ does not let " + id + " join: " + reply.body().text());
        }
        JsonObject answer = JsonObject.parse(reply.body().copy());
        identity.complete(token, Certificates.fromPem(answer.text("certificates")));
        return new Joined(identity, answer.number("epoch"));
    }

    private LightStores(List<LightStore> stores, LightStore.Seen seen) {
        this.stores = stores;
        this.seen = seen;
    }

    private void serve() throws IOException {
        EndProcess.answer((word, numbers) ->
                switch (word) {
                    case "away" -> {
                        for (LightStore store : stores) {
                            store.goAway();
                        }
                        yield "";
                    }
                    case "back" -> {
                        stores.forEach(LightStore::comeBack);
                        yield "";
                    }
                    case "follow" -> follow();
                    case "have" -> have(numbers[0]);
                    case "seen" ->
                            EndProcess.text(
                                    seen.bytes().sum(),
                                    seen.runs().sum(),
                                    seen.busy().sum(),
                                    seen.failures().sum());
                    default -> throw new IllegalArgumentException(word);
                });
    }

    /// @return how many follow, when HQ was reached by the first, since when the last does
    private String follow() {
        List<LightStore> following =
                stores.stream().filter(store -> store.followsNanos() != 0).toList();
        return EndProcess.text(
                following.size(),
                following.stream().mapToLong(LightStore::reachedNanos).min().orElse(0),
                following.stream().mapToLong(LightStore::followsNanos).max().orElse(0));
    }

    /// @return how many have all before an offset, when the last of them got it, and how much all stores have together
    private String have(long offset) {
        List<LightStore> having = stores.stream().filter(store -> store.next() >= offset).toList();
        return EndProcess.text(
                having.size(),
                having.stream().mapToLong(LightStore::nextNanos).max().orElse(0),
                stores.stream().mapToLong(LightStore::next).sum());
    }
}
