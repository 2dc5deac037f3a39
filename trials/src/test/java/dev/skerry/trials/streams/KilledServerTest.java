package dev.skerry.trials.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writers that retry, readers that follow, and a server that is killed in the middle of it, again and again.
@Tag("slow")
class KilledServerTest {

    private static final int KILLS = 6;
    private static final int WRITERS = 4;
    private static final Pattern MESSAGE = Pattern.compile("\\{\"w\":(\\d+),\"n\":(\\d+)}");
    private static final Pattern NEXT = Pattern.compile("\"streamNextOffset\":\"([0-9_]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile boolean writing = true;
    private volatile int expected = Integer.MAX_VALUE;

    @TempDir Path data;

    /// What a message says: who wrote it, and the how many-th of that writer it is.
    private record Message(int writer, int number) {}

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_doubled_however_often_the_server_is_killed()
            throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ServerProcess server = new ServerProcess(data, 0);
        int port = server.port();
        URI stream = URI.create(server.url() + "trial/sales");
        try {
            int created =
                    http.send(
                                    HttpRequest.newBuilder(stream)
                                            .header("Content-Type", "application/json")
                                            .PUT(BodyPublishers.noBody())
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode();
            assertEquals(201, created);

            AtomicInteger acknowledged = new AtomicInteger();
            List<Message> polled = Collections.synchronizedList(new ArrayList<>());
            List<Message> pushed = Collections.synchronizedList(new ArrayList<>());
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(Thread.ofVirtual().start(() -> write(stream, writer, acknowledged)));
            }
            Thread poller = Thread.ofVirtual().start(() -> poll(stream, polled));
            Thread listener = Thread.ofVirtual().start(() -> listen(stream, pushed));

            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(150 + random.nextInt(700));
                server.kill();
                server = new ServerProcess(data, port);
            }
            Thread.sleep(300);
            writing = false;
            for (Thread writer : writers) {
                writer.join();
            }
            expected = acknowledged.get();
            poller.join(Duration.ofSeconds(20));
            listener.join(Duration.ofSeconds(20));

            List<Message> stored = readAll(stream);
            String context = "seed " + seed + ", acknowledged " + acknowledged;
            assertTrue(acknowledged.get() > KILLS * WRITERS, context);
            assertEquals(acknowledged.get(), stored.size(), context);
            int[] next = new int[WRITERS];
            for (Message message : stored) {
                assertEquals(next[message.writer]++, message.number, context);
            }
            assertEquals(stored, List.copyOf(polled), context);
            assertEquals(stored, List.copyOf(pushed), context);
            System.out.printf("killed=%d acknowledged=%d lost=0 doubled=0%n", KILLS, expected);
        } finally {
            expected = 0;
            writing = false;
            server.close();
        }
    }

    private void write(URI stream, int writer, AtomicInteger acknowledged) {
        int number = 0;
        while (writing) {
            // One batch of two messages at a time; a batch whose answer was lost is sent again as
            // it was.
            String batch =
                    "[{\"w\":%d,\"n\":%d},{\"w\":%d,\"n\":%d}]"
                            .formatted(writer, number, writer, number + 1);
            HttpRequest request =
                    HttpRequest.newBuilder(stream)
                            .timeout(Duration.ofSeconds(5))
                            .header("Content-Type", "application/json")
                            .header("Producer-Id", "writer-" + writer)
                            .header("Producer-Epoch", "0")
                            .header("Producer-Seq", Integer.toString(number / 2))
                            .POST(BodyPublishers.ofString(batch))
                            .build();
            int status = 0;
            while (status / 100 != 2) {
                try {
                    status = http.send(request, BodyHandlers.discarding()).statusCode();
                } catch (IOException e) {
                    pause();
                } catch (InterruptedException e) {
                    return;
                }
            }
            number += 2;
            acknowledged.addAndGet(2);
        }
    }

    private void poll(URI stream, List<Message> into) {
        String offset = "-1";
        while (into.size() < expected) {
            try {
                HttpResponse<String> answer =
                        http.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        stream
                                                                + "?live=long-poll&offset="
                                                                + offset))
                                        .timeout(Duration.ofSeconds(10))
                                        .build(),
                                BodyHandlers.ofString());
                if (answer.statusCode() == 200 || answer.statusCode() == 204) {
                    offset = answer.headers().firstValue("Stream-Next-Offset").orElse(offset);
                    into.addAll(messages(answer.body()));
                }
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen(URI stream, List<Message> into) {
        String offset = "-1";
        while (into.size() < expected) {
            List<Message> unconfirmed = new ArrayList<>();
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(stream + "?live=sse&offset=" + offset))
                                .build();
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        http.send(request, BodyHandlers.ofInputStream()).body(),
                                        StandardCharsets.UTF_8))) {
                    String line = lines.readLine();
                    while (line != null) {
                        unconfirmed.addAll(messages(line));
                        var control = NEXT.matcher(line);
                        if (control.find()) {
                            into.addAll(unconfirmed);
                            unconfirmed.clear();
                            offset = control.group(1);
                            if (into.size() >= expected) {
                                return;
                            }
                        }
                        line = lines.readLine();
                    }
                }
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Message> readAll(URI stream) throws IOException, InterruptedException {
        List<Message> all = new ArrayList<>();
        String offset = "-1";
        while (true) {
            HttpResponse<String> page =
                    http.send(
                            HttpRequest.newBuilder(URI.create(stream + "?offset=" + offset))
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            all.addAll(messages(page.body()));
            offset = page.headers().firstValue("Stream-Next-Offset").orElseThrow();
            if (page.headers().firstValue("Stream-Up-To-Date").isPresent()) {
                return all;
            }
        }
    }

    private static List<Message> messages(String text) {
        return MESSAGE.matcher(text)
                .results()
                .map(found ->
                        new Message(
                                Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
