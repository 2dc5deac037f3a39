package dev.skerry.trials.nodes;

import static dev.skerry.trials.nodes.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.line.BadLine;
import dev.skerry.app.line.Shape;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody sees who has just read the README, and starts an HQ and two stores by hand.
@Tag("slow")
class NewcomerTest {

    /// What takes as long as it takes on a busy machine.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final String SALES = "store-0042/sales";
    private static final String CATALOG = "hq/trial/catalog";

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        http.close();
    }

    private <C extends AutoCloseable> C open(C what) {
        open.push(what);
        return what;
    }

    private Node hq() throws InterruptedException {
        return open(Node.hq(folder.resolve("hq"), Ports.free(random), Ports.free(random), http))
                .start();
    }

    private Node store(String name) {
        return open(Node.store(folder.resolve(name), Ports.free(random), http));
    }

    private BadLine line(Node hq) throws IOException {
        return open(new BadLine(Ports.free(random), hq.linkAddress()));
    }

    private Node join(Node hq, String id, String name, String zone, int through)
            throws InterruptedException {
        return store("store-" + id).start("--hq", at(through), "--join", hq.invite(id, name, zone));
    }

    private static String at(int port) {
        return "https://127.0.0.1:" + port;
    }

    /// A command, and what it said.
    private record Said(int exitCode, String text) {

        Said contains(String part) {
            assertTrue(text.contains(part), part + " is missing in:\n" + text);
            return this;
        }

        Said matches(String pattern) {
            assertTrue(
                    Pattern.compile(pattern).matcher(text).find(),
                    pattern + " is missing in:\n" + text);
            return this;
        }
    }

    private static Said skerry(String... arguments) throws InterruptedException {
        try (NodeProcess process = new NodeProcess(List.of(arguments))) {
            int code = process.ended();
            return new Said(code, String.join("\n", process.said()));
        }
    }

    private static Said status(Node node) throws IOException, InterruptedException {
        Said said = skerry("status", "--data", node.data().toString());
        assertEquals(node.ready() == 200 ? 0 : 1, said.exitCode, said.text);
        return said;
    }

    private static JsonObject stream(Node store, String name)
            throws IOException, InterruptedException {
        return store.status().objects("streams").stream()
                .filter(stream -> stream.text("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " in the status"));
    }

    private static String standing(Node store) throws IOException, InterruptedException {
        return store.status().object("standing").text("state");
    }

    private static void sell(Node store, int from, int to)
            throws IOException, InterruptedException {
        for (int sale = from; sale < to; sale++) {
            Node.Answer answer = store.append(SALES, sale(sale));
            assertEquals(204, answer.status(), answer.text());
        }
    }

    private static String sale(int number) {
        return "{\"sale\":%d}".formatted(number);
    }

    private static List<String> sales(int count) {
        return IntStream.range(0, count).mapToObj(NewcomerTest::sale).toList();
    }

    @Test
    void a_line_that_is_cut_and_mended_changes_nothing_but_the_status() throws Exception {
        Node hq = hq();
        int port = Ports.free(random);
        String to = "127.0.0.1:" + hq.linkAddress().getPort();
        List<String> line = List.of("line", "--listen", Integer.toString(port), "--to", to);
        NodeProcess proxy = open(new NodeProcess(line));
        proxy.await("Carries from");
        Node store = join(hq, "0042", "Main Street", "north", port);
        Node other = join(hq, "0043", "Station", "south", hq.linkAddress().getPort());

        assertEquals(201, store.create(SALES).status());
        assertEquals(201, other.create("store-0043/sales").status());
        assertEquals(201, hq.create(CATALOG).status());
        assertEquals(201, hq.create("hq/zone-north/prices").status());
        sell(store, 0, 3);
        assertEquals(204, hq.append(CATALOG, "{\"apple\":1}").status());
        assertEquals(204, hq.append("hq/zone-north/prices", "{\"apple\":\"0.90\"}").status());
        until("the sales are at HQ", SOON, () -> hq.messages(SALES).equals(sales(3)));
        for (Node each : List.of(store, other)) {
            until("the catalogue is there", SOON, () -> each.messages(CATALOG).size() == 1);
        }
        until("so are prices", SOON, () -> store.messages("hq/zone-north/prices").size() == 1);
        assertEquals(404, other.get("hq/zone-north/prices").status());
        until(
                "all is up to date",
                SOON,
                () -> stream(store, SALES).text("state").equals("up to date"));
        status(store).matches("line +up").matches(SALES + " +up +up to date +3 +3 +-");
        status(hq).contains("2 known, 2 connected");
        assertEquals(405, store.append(CATALOG, "{}").status());
        assertEquals(405, hq.append(SALES, "{}").status());
        assertEquals(403, store.append("store-0043/sales", "{}").status());

        proxy.stop();
        sell(store, 3, 8);
        assertEquals(204, hq.append(CATALOG, "{\"pear\":2}").status());
        until(
                "the line is seen to be down",
                SOON,
                () -> store.status().text("line").equals("down"));
        status(store)
                .matches("line +down")
                .contains("5 events for HQ")
                .matches(SALES + " +up +offline +8 +3 +5");
        assertEquals(200, store.ready());
        until(
                "HQ sees it",
                SOON,
                () -> hq.status().objects("stores").getFirst().text("line").equals("down"));
        status(hq).contains("2 known, 1 connected");
        until("the other store goes on", SOON, () -> other.messages(CATALOG).size() == 2);
        assertEquals(sales(3), hq.messages(SALES));
        assertEquals(1, store.messages(CATALOG).size());

        open(new NodeProcess(line)).await("Carries from");
        until("the rest is at HQ", SOON, () -> hq.messages(SALES).equals(sales(8)));
        until("the rest is here", SOON, () -> store.messages(CATALOG).size() == 2);
        until(
                "all is up to date again",
                SOON,
                () -> stream(store, SALES).text("state").equals("up to date"));
        status(store).matches("line +up").matches(SALES + " +up +up to date +8 +8 +-");

        // The power fails everywhere; the store is back before HQ.
        hq.kill();
        store.kill();
        store.start();
        until("it trades", SOON, () -> store.ready() == 200);
        sell(store, 8, 10);
        assertEquals(2, store.messages(CATALOG).size());
        // What HQ has is written down now and then only: more may seem to wait, never less.
        status(store)
                .matches("line +down")
                .matches(SALES + " +up +offline +10 +[0-8] +([2-9]|10) ");
        hq.start();
        until("the rest is at HQ", SOON, () -> hq.messages(SALES).equals(sales(10)));
        assertTrue(store.stop().compareTo(SOON) < 0);
        assertTrue(store.said().contains("Stopped."), "it stops when asked");
    }

    @Test
    void a_new_machine_gets_everything_back_before_it_sells_and_the_old_one_is_fenced()
            throws Exception {
        Node hq = hq();
        BadLine oldLine = line(hq);
        Node old = store("old");
        old.start("--hq", at(oldLine.port()), "--join", hq.invite("0042", "Main Street", "north"));
        old.create(SALES);
        List<String> sold = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            List<String> sales =
                    IntStream.range(0, 100)
                            .mapToObj(_ -> "{\"pad\":\"%s\"}".formatted(text(600)))
                            .toList();
            assertEquals(204, old.append(SALES, "[" + String.join(",", sales) + "]").status());
            sold.addAll(sales);
        }
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == sold.size());
        oldLine.cut();
        sell(old, 0, 5);
        old.kill();

        BadLine line = line(hq);
        line.shape(40_000, Duration.ofMillis(20));
        Node young = store("young");
        young.start("--hq", at(line.port()), "--join", hq.invite("0042", "Main Street", "north"));
        assertEquals("restoring", standing(young));
        Node.Answer early = young.append(SALES, sale(0));
        assertEquals(503, early.status(), early.text());
        assertTrue(early.text().contains("fetches back"), early.text());
        assertEquals(503, young.create("store-0042/new").status());
        assertEquals(503, young.ready());
        status(young).contains("NOT OPEN YET").contains("fetches");
        line.shape(Shape.UNLIMITED, Duration.ZERO);
        until("everything is back", SOON, () -> standing(young).equals("open"));
        assertEquals(sold, young.messages(SALES));
        sell(young, 100, 102);
        until("it goes on", SOON, () -> hq.messages(SALES).size() == sold.size() + 2);

        oldLine.up();
        old.start();
        until("the old one is fenced", SOON, () -> old.status().object("standing").has("exported"));
        Node.Answer late = old.append(SALES, sale(5));
        assertEquals(403, late.status(), late.text());
        assertTrue(late.text().contains("another machine has taken over"), late.text());
        status(old).contains("CLOSED FOR GOOD").contains("what HQ never got is in");
        assertEquals(sales(5), exported(old));
        assertEquals(sold.size() + 2, hq.messages(SALES).size());
        assertEquals("open", standing(young));

        // It remembers, also without a line.
        old.kill();
        oldLine.cut();
        old.start();
        assertEquals(403, old.append(SALES, sale(5)).status());
        oldLine.up();
        old.stop();

        // With a token, the old machine is the next new one.
        old.start("--hq", at(oldLine.port()), "--join", hq.invite("0042", "Main Street", "north"));
        until("it is the store again", SOON, () -> standing(old).equals("open"));
        assertEquals(hq.messages(SALES), old.messages(SALES));
        until("the other one is fenced", SOON, () -> standing(young).equals("fenced"));
        assertEquals(403, young.append(SALES, sale(5)).status());
        assertEquals(List.of(), exported(young));
        assertEquals(sales(5), exported(old));
    }

    @Test
    void a_store_set_back_to_an_older_copy_fetches_what_it_lacks() throws Exception {
        Node hq = hq();
        BadLine line = line(hq);
        Node store = join(hq, "0042", "Main Street", "north", line.port());
        store.create(SALES);
        sell(store, 0, 50);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 50);
        store.stop();
        Path image = folder.resolve("image");
        copy(store.data(), image);
        store.start();
        until("it trades", SOON, () -> store.ready() == 200);
        sell(store, 50, 90);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 90);
        store.kill();

        Node back = open(Node.store(image, Ports.free(random), http));
        back.start();
        until("it trades", SOON, () -> back.ready() == 200);
        assertEquals(sales(90), back.messages(SALES));
        sell(back, 90, 91);
        until("it goes on", SOON, () -> hq.messages(SALES).equals(sales(91)));
    }

    @Test
    void an_hq_and_a_store_that_come_back_from_backups_of_running_nodes_lack_nothing()
            throws Exception {
        Node hq = hq();
        BadLine line = line(hq);
        Node store = join(hq, "0042", "Main Street", "north", line.port());
        store.create(SALES);
        sell(store, 0, 50);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 50);
        for (Node node : List.of(hq, store)) {
            String backups = folder.resolve("backups of " + node.data().getFileName()).toString();
            assertEquals(
                    0,
                    skerry("backup", "--data", node.data().toString(), "--to", backups).exitCode());
        }
        sell(store, 50, 90);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 90);

        hq.kill();
        restore(hq);
        hq.start();
        until("the store has sent them again", SOON, () -> hq.messages(SALES).equals(sales(90)));

        store.kill();
        restore(store);
        store.start();
        until("it trades", SOON, () -> store.ready() == 200);
        assertEquals(sales(90), store.messages(SALES));
        sell(store, 90, 91);
        until("it goes on", SOON, () -> hq.messages(SALES).equals(sales(91)));
    }

    private void restore(Node node) throws Exception {
        String name = node.data().getFileName().toString();
        Files.move(node.data(), folder.resolve("lost " + name));
        try (Stream<Path> backups = Files.list(folder.resolve("backups of " + name))) {
            Path newest = backups.max(Comparator.naturalOrder()).orElseThrow();
            Said said =
                    skerry(
                            "restore",
                            "--from",
                            newest.toString(),
                            "--data",
                            node.data().toString());
            assertEquals(0, said.exitCode(), said.text());
        }
    }

    @Test
    void a_store_set_back_that_sold_before_it_met_hq_is_fenced() throws Exception {
        Node hq = hq();
        BadLine line = line(hq);
        Node store = join(hq, "0042", "Main Street", "north", line.port());
        store.create(SALES);
        sell(store, 0, 50);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 50);
        store.stop();
        Path image = folder.resolve("image");
        copy(store.data(), image);
        store.start();
        until("it trades", SOON, () -> store.ready() == 200);
        sell(store, 50, 90);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 90);
        store.kill();

        line.cut();
        Node back = open(Node.store(image, Ports.free(random), http));
        back.start();
        until("it trades", SOON, () -> back.ready() == 200);
        for (int sale = 0; sale < 3; sale++) {
            assertEquals(204, back.append(SALES, "{\"other\":%d}".formatted(sale)).status());
        }
        line.up();
        until("it is fenced", SOON, () -> back.status().object("standing").has("exported"));
        assertEquals(403, back.append(SALES, sale(90)).status());
        assertEquals(List.of("{\"other\":0}", "{\"other\":1}", "{\"other\":2}"), exported(back));
        assertEquals(sales(90), hq.messages(SALES));
    }

    @Test
    void a_clone_is_turned_away_while_the_original_trades() throws Exception {
        Node hq = hq();
        Node store = join(hq, "0042", "Main Street", "north", hq.linkAddress().getPort());
        store.create(SALES);
        sell(store, 0, 10);
        until("they are at HQ", SOON, () -> hq.messages(SALES).size() == 10);
        store.stop();
        Path image = folder.resolve("clone");
        copy(store.data(), image);
        store.start();
        until("it trades", SOON, () -> store.ready() == 200);
        until("it has its line", SOON, () -> store.status().text("line").equals("up"));

        Node clone = open(Node.store(image, Ports.free(random), http));
        clone.start();
        until("it is turned away", SOON, () -> standing(clone).equals("turned away"));
        Node.Answer answer = clone.append(SALES, sale(10));
        assertEquals(503, answer.status(), answer.text());
        assertTrue(answer.text().contains("another machine is connected"), answer.text());
        status(clone).contains("CLOSED").contains("another machine is connected");
        sell(store, 10, 12);
        until("the original goes on", SOON, () -> hq.messages(SALES).equals(sales(12)));
        assertEquals("open", standing(store));
    }

    @Test
    void whoever_cannot_join_is_told_why() throws Exception {
        Node hq = Node.hq(folder.resolve("hq"), Ports.free(random), Ports.free(random), http);
        open(hq).start();
        Node another =
                Node.hq(folder.resolve("another"), Ports.free(random), Ports.free(random), http);
        open(another).start();
        String url = at(hq.linkAddress().getPort());
        String token = hq.invite("0042", "Main Street", "north");
        String mistyped =
                token.substring(0, token.length() - 1) + (token.endsWith("X") ? "Y" : "X");
        String data = folder.resolve("store").toString();

        refused(1, "belongs to no store yet", "--data", data);
        refused(2, "--join needs --hq", "--data", data, "--join", token);
        refused(2, "--hq", "--data", data, "--hq", url.replace("https", "http"), "--join", token);
        refused(1, "cannot be reached", "--data", data, "--hq", at(1), "--join", token);
        refused(1, "plaintext", "--data", data, "--hq", at(hq.url("/").getPort()), "--join", token);
        refused(1, "mistyped", "--data", data, "--hq", url, "--join", mistyped);
        refused(
                1,
                "not the HQ",
                "--data",
                data,
                "--hq",
                at(another.linkAddress().getPort()),
                "--join",
                token);
        hq.kill();
        refused(1, "cannot be reached", "--data", data, "--hq", url, "--join", token);
        hq.start();

        // After all that, the token is still good: once, and on its machine for ever.
        Node store = open(Node.store(Path.of(data), Ports.free(random), http));
        store.start("--hq", url, "--join", token);
        refused(1, "in use by process", "--data", data);
        store.stop();
        store.start("--hq", url, "--join", token);
        refused(
                1,
                "used by another machine",
                "--data",
                folder.resolve("thief").toString(),
                "--hq",
                url,
                "--join",
                token);
        String next = hq.invite("0043", "Station", "south");
        store.stop();
        refused(1, "belongs to store 0042", "--data", data, "--hq", url, "--join", next);
        Said unknown = skerry("status", "--data", data);
        assertEquals(1, unknown.exitCode);
        unknown.contains("no node runs on");
    }

    private static void refused(int exitCode, String why, String... options)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("store"));
        command.addAll(List.of(options));
        command.addAll(List.of("--port", "0"));
        Said said = skerry(command.toArray(String[]::new));
        assertEquals(exitCode, said.exitCode, said.text);
        said.contains(why);
        assertFalse(said.text.contains("\tat "), said.text);
    }

    private String text(int chars) {
        return random.ints(chars, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /// The payloads of all events in a store's exports.
    private static List<String> exported(Node store) throws IOException {
        List<String> payloads = new ArrayList<>();
        Path exports = store.data().resolve("exports");
        if (Files.exists(exports)) {
            try (Stream<Path> files = Files.list(exports)) {
                for (Path file : files.sorted().toList()) {
                    Files.readAllLines(file).stream()
                            .map(JsonObject::parse)
                            .filter(line -> line.has("payload"))
                            .forEach(line -> payloads.add(line.text("payload")));
                }
            }
        }
        return payloads;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
