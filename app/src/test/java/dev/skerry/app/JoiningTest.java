package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Joining that was stopped on its way goes on at the next start. A real HQ and a real store, in this process.
class JoiningTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ASIDE = "set-aside/2026-06-01T12-00-00Z";

    private Path folder;
    private Path data;
    private HqServer hq;
    private StoreServer.Invitation invitation;

    @BeforeEach
    void join(@TempDir Path given) {
        folder = given;
        data = folder.resolve("store");
        hq = HqServer.start(folder.resolve("hq"), configuration(Map.of("link.port", "0")));
        JsonObject invited =
                new NodeCalls(RunningNode.find(folder.resolve("hq")).orElseThrow())
                        .post(
                                "/api/stores",
                                JsonObject.empty()
                                        .with("id", "0042")
                                        .with("name", "Main Street")
                                        .with("zone", "north"));
        invitation =
                new StoreServer.Invitation(
                        URI.create("https://127.0.0.1:" + hq.linkPort()),
                        JoinToken.parse(invited.text("token")));
        start(invitation).close();
    }

    @AfterEach
    void stop() {
        hq.close();
    }

    private static Configuration configuration(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("http.port", "0");
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(settings)));
    }

    private StoreServer start(StoreServer.@Nullable Invitation with) {
        return StoreServer.start(data, configuration(Map.of()), with, Map.of());
    }

    /// As after a power cut between the certificate and the last word in `store.json`.
    private void stopBeforeTheEnd() {
        Membership known = Membership.find(data).orElseThrow();
        new Membership(
                        known.store(),
                        known.name(),
                        known.zone(),
                        known.hq(),
                        known.epoch(),
                        known.restores(),
                        known.tokenHash(),
                        known.certificate(),
                        false)
                .write(data);
    }

    private void requireMember() {
        assertTrue(Membership.find(data).orElseThrow().complete());
    }

    @Test
    void joining_that_was_stopped_after_the_certificate_came_goes_on_with_the_token() {
        stopBeforeTheEnd();
        start(invitation).close();
        requireMember();
    }

    @Test
    void and_without_the_token_and_without_hq() {
        stopBeforeTheEnd();
        hq.close();
        start(null).close();
        requireMember();
    }

    @Test
    void joining_that_was_stopped_before_the_certificate_came_wants_the_token() throws Exception {
        stopBeforeTheEnd();
        Files.delete(data.resolve("identity/store.pem"));
        assertThrows(CannotStart.class, () -> start(null));
    }

    @Test
    void what_a_fenced_machine_left_is_put_aside_whole_also_after_a_stop_in_between()
            throws Exception {
        fence();
        stopBeforeTheEnd();
        // One of the files cannot be moved: as far as it got, it might have been a power cut.
        Path obstacle = data.resolve(ASIDE).resolve("streams.db");
        Files.createDirectories(obstacle.resolve("in the way"));
        assertThrows(UncheckedIOException.class, () -> joining().joined());
        assertTrue(Files.exists(data.resolve(StoreServer.LINK_FILE)));
        assertFalse(Membership.find(data).orElseThrow().complete());

        Files.delete(obstacle.resolve("in the way"));
        Files.delete(obstacle);
        assertTrue(joining().joined().isPresent());
        assertEquals(List.of(), databases(data));
        assertTrue(databases(data.resolve(ASIDE)).containsAll(List.of("link.db", "streams.db")));
        requireMember();
    }

    @Test
    void a_store_closes_whole_although_its_node_json_cannot_be_deleted() throws Exception {
        StoreServer store = start(null);
        Path file = data.resolve("node.json");
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        store.close();
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        // Its databases are free again.
        start(null).close();
    }

    private Joining joining() {
        InstantSource clock = InstantSource.fixed(NOON);
        return new Joining(
                data,
                StoreIdentity.open(data, clock, new SecureRandom()),
                _ -> Optional.empty(),
                file -> Databases.open(data, file, configuration(Map.of()), clock),
                clock);
    }

    private void fence() {
        try (SqliteDatabase database =
                Databases.open(
                        data,
                        StoreServer.LINK_FILE,
                        configuration(Map.of()),
                        InstantSource.fixed(NOON))) {
            JsonObject state =
                    JsonObject.empty()
                            .with("epoch", 1)
                            .with("known", "")
                            .with("restoring", false)
                            .with("fenced", "another machine has taken over");
            StreamName stream = StreamName.of("local/link");
            database.write(tx -> {
                tx.open(stream, StreamSettings.compactedByKey());
                return tx.append(stream, NewEvent.keyed("state", Bytes.of(state.write())));
            });
        }
    }

    private static List<String> databases(Path in) throws Exception {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains(".db"))
                    .toList();
        }
    }
}
