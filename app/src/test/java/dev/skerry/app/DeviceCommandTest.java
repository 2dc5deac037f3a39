package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Api;
import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import dev.skerry.language.JsonObject;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.http.HttpHost;
import dev.skerry.store.staff.Staff;
import dev.skerry.store.staff.StaffRoutes;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Against a node that serves people and devices, and nothing else.
class DeviceCommandTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));
    private static final String SECRET = "readable-by-the-owner";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SqliteDatabase database;
    private Staff staff;
    private HttpHost host;

    @BeforeEach
    void start() {
        database =
                SqliteDatabase.open(
                        folder.resolve("staff.db"),
                        SqliteSettings.defaults(),
                        CLOCK,
                        Staff.tables());
        staff =
                new Staff(
                        database,
                        "store-0042",
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)),
                        new Random(2));
        StaffRoutes routes = new StaffRoutes(staff, CLOCK, SECRET, StaffRoutes.Welcome.NONE);
        host =
                new Api("Staff", "test", routes.operations(), routes.callers())
                        .addTo(HttpHost.at("127.0.0.1", 0))
                        .start();
        running("store", SECRET);
    }

    private void running(String kind, String secret) {
        new RunningNode(kind, "http://127.0.0.1:" + host.port(), secret).write(folder);
    }

    @AfterEach
    void stop() {
        host.close();
        database.close();
    }

    private int add(String... arguments) {
        return run("add", arguments);
    }

    private int run(String what, String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 4];
        all[0] = "device";
        all[1] = what;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 2] = "--data";
        all[all.length - 1] = folder.toString();
        return line.execute(all);
    }

    private String token() {
        return out.toString().lines().map(String::strip).skip(2).findFirst().orElse("");
    }

    private void refused(String expected) {
        assertTrue(err.toString().contains(expected), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void a_token_is_printed_that_lets_the_device_in() {
        assertEquals(0, add("kiosk-1", "--kind", "kiosk"));
        assertEquals(
                Optional.of(new Caller("", "kiosk-1", Set.of(Role.GUEST))), staff.caller(token()));
    }

    @Test
    void a_screen_that_shows_a_code_is_let_in_and_fetches_its_token_itself() {
        HttpClient client = HttpClient.newHttpClient();
        try (client) {
            HttpRequest asking =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + host.port() + "/api/pairing"))
                            .POST(BodyPublishers.ofString("{\"kind\":\"TILL\"}"))
                            .build();
            String code =
                    JsonObject.parse(client.send(asking, BodyHandlers.ofString()).body())
                            .text("code");
            assertEquals(1, add("till-1", "--code", "none"));
            refused("No screen shows this code");
            assertEquals(
                    0, add("till-1", "--code", code.substring(0, 3) + " " + code.substring(3)));
            assertEquals("till-1", staff.devices().getFirst().device());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_name_that_is_taken_is_refused_until_the_device_is_replaced() {
        assertEquals(0, add("till-1", "--kind", "till"));
        String before = token();
        assertEquals(1, add("till-1", "--kind", "till"));
        refused("A device of this name exists");
        out.getBuffer().setLength(0);
        assertEquals(0, add("till-1", "--kind", "till", "--replace"));
        assertEquals(Optional.empty(), staff.caller(before));
        assertTrue(staff.caller(token()).isPresent());
    }

    @Test
    void a_kind_or_name_that_is_none_is_refused() {
        assertEquals(1, add("till-1", "--kind", "toaster"));
        refused("\"toaster\" is no kind of device");
        assertEquals(2, add("till-1"));
        assertEquals(0, staff.devices().size());
    }

    @Test
    void who_cannot_read_the_folder_adds_nothing() {
        running("store", "guessed");
        assertEquals(1, add("till-1", "--kind", "till"));
        refused("This device does not belong to the store");
    }

    @Test
    void devices_are_listed_and_one_that_is_removed_is_let_in_no_more() {
        assertEquals(0, run("list"));
        assertEquals("No device belongs to the store yet.", out.toString().strip());
        out.getBuffer().setLength(0);
        add("till-1", "--kind", "till");
        String token = token();
        add("kiosk-1", "--kind", "kiosk");
        out.getBuffer().setLength(0);
        assertEquals(0, run("list"));
        assertEquals(
                List.of(
                        "kiosk-1              kiosk        since 2026-03-02T10:00:00Z",
                        "till-1               till         since 2026-03-02T10:00:00Z"),
                out.toString().lines().toList());
        assertEquals(0, run("remove", "till-1"), err::toString);
        assertEquals(Optional.empty(), staff.caller(token));
        assertEquals(1, run("remove", "till-1"));
        refused("There is no such device");
    }

    @Test
    void an_hq_has_no_devices() {
        running("hq", SECRET);
        assertEquals(1, add("till-1", "--kind", "till"));
        refused("has no devices");
    }

    @Test
    void a_store_that_does_not_run_is_to_be_started() {
        RunningNode.gone(folder);
        assertEquals(1, add("till-1", "--kind", "till"));
        refused("no store runs on");
    }
}
