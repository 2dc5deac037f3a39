package dev.skerry.stream.client;

import static dev.skerry.stream.client.Peer.cut;
import static dev.skerry.stream.client.Peer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.IdempotentProducer.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotentProducerTest {

    private static final StreamName STREAM = StreamName.of("store-0042/orders");
    private static final ProducerSettings SETTINGS = ProducerSettings.of("store-0042", 3);

    private final Peer peer = new Peer();
    private final Semaphore news = new Semaphore(0);

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void while_one_batch_is_on_its_way_the_next_one_fills() throws InterruptedException {
        peer.answers(accepted(3, 0), accepted(3, 1));
        IdempotentProducer producer = producer(SETTINGS);
        assertTrue(producer.offer(Bytes.of("{\"n\":1}")));
        assertInstanceOf(Outcome.Waiting.class, producer.step());
        assertTrue(producer.offer(Bytes.of("{\"n\":2}")));
        assertTrue(producer.offer(Bytes.of("[3]")));

        assertEquals(new Outcome.Acknowledged(1), next(producer));
        assertEquals(new Outcome.Acknowledged(3), next(producer));
        assertEquals(new Outcome.Idle(), next(producer));

        Peer.Asked first = peer.asked();
        assertEquals("POST /v1/stream/store-0042/orders", first.method() + " " + first.uri());
        assertEquals("application/json", first.header("Content-type"));
        assertEquals("store-0042", first.header("Producer-id"));
        assertEquals("3", first.header("Producer-epoch"));
        assertEquals("0", first.header("Producer-seq"));
        assertEquals("[{\"n\":1}]", first.text());
        Peer.Asked second = peer.asked();
        assertEquals("1", second.header("Producer-seq"));
        assertEquals("[{\"n\":2},[3]]", second.text());
    }

    @Test
    void a_batch_whose_answer_was_lost_is_sent_again_as_it_was() throws InterruptedException {
        peer.answers(
                cut(),
                status(503),
                status(502),
                status(429, "Retry-After", "1"),
                status(204, "Producer-Epoch", "3", "Producer-Seq", "0"),
                accepted(3, 1));
        IdempotentProducer producer = producer(SETTINGS);
        producer.offer(Bytes.of("1"));
        assertInstanceOf(Outcome.Waiting.class, producer.step());
        producer.offer(Bytes.of("2"));

        assertEquals(new Outcome.Acknowledged(1), next(producer));
        assertEquals(new Outcome.Acknowledged(2), next(producer));
        for (int i = 0; i < 5; i++) {
            Peer.Asked asked = peer.asked();
            assertEquals("0 [1]", asked.header("Producer-seq") + " " + asked.text());
        }
        assertEquals("[2]", peer.asked().text());
    }

    @Test
    void what_was_stored_before_it_was_ever_sent_is_somebody_elses() throws InterruptedException {
        peer.answers(status(204, "Producer-Epoch", "3", "Producer-Seq", "0"));
        IdempotentProducer again = producer(SETTINGS);
        again.offer(Bytes.of("1"));
        assertEquals(new Outcome.Clash(3), next(again));
    }

    @Test
    void a_number_beyond_its_own_is_somebody_elses() throws InterruptedException {
        peer.answers(cut(), status(204, "Producer-Epoch", "3", "Producer-Seq", "2"));
        IdempotentProducer again = producer(SETTINGS);
        again.offer(Bytes.of("1"));
        assertEquals(new Outcome.Clash(3), next(again));
        assertEquals(0, again.acknowledged());
    }

    @Test
    void what_a_portal_answers_confirms_nothing() throws InterruptedException {
        peer.answers(
                status(200, "Content-Type", "text/html", "<html>Welcome</html>"),
                status(200, "Producer-Epoch", "2", "Producer-Seq", "9"),
                accepted(3, 0));
        IdempotentProducer producer = producer(SETTINGS);
        producer.offer(Bytes.of("1"));
        assertEquals(new Outcome.Acknowledged(1), next(producer));
        assertEquals("[1]", peer.asked().text());
        assertEquals("[1]", peer.asked().text());
        assertEquals("[1]", peer.asked().text());
    }

    @Test
    void batches_have_limits_and_so_has_what_waits() throws InterruptedException {
        peer.answers(accepted(3, 0), accepted(3, 1), accepted(3, 2));
        IdempotentProducer producer = producer(SETTINGS.withBatches(10, 2).withWaiting(20, 4));
        assertTrue(producer.offer(Bytes.of("1")));
        assertTrue(producer.offer(Bytes.of("2")));
        assertTrue(producer.offer(Bytes.of("1234567")));
        assertTrue(producer.offer(Bytes.of("7654321")));
        assertFalse(producer.offer(Bytes.of("5")), "four is all that may wait");

        assertEquals(new Outcome.Acknowledged(2), next(producer));
        assertFalse(producer.offer(Bytes.of("1234567")), "20 bytes are all that may wait");
        assertEquals(new Outcome.Acknowledged(3), next(producer));
        assertEquals(new Outcome.Acknowledged(4), next(producer));
        assertTrue(producer.offer(Bytes.of("x".repeat(30))), "a single one may be larger");
        assertEquals("[1,2]", peer.asked().text());
        assertEquals("[1234567]", peer.asked().text());
        assertEquals("[7654321]", peer.asked().text());
    }

    @Test
    void bytes_are_sent_one_after_the_other() throws InterruptedException {
        peer.answers(accepted(3, 0));
        IdempotentProducer producer = peer.client().producer(STREAM, "text/plain", SETTINGS);
        producer.watch(news::release);
        producer.offer(Bytes.of("ab"));
        producer.offer(Bytes.of("cd").slice(1, 1));
        next(producer);
        assertEquals("abd", peer.asked().text());
    }

    @Test
    void large_batches_are_compressed_where_the_server_is_known_to_like_it()
            throws InterruptedException, IOException {
        peer.answers(accepted(3, 0));
        IdempotentProducer producer =
                peer.client(ClientSettings.defaults().withCompression(Compression.zstd()))
                        .producer(STREAM, "text/plain", SETTINGS);
        producer.watch(news::release);
        producer.offer(Bytes.of("a sale ".repeat(1000)));
        next(producer);
        Peer.Asked asked = peer.asked();
        assertEquals("zstd", asked.header("Content-encoding"));
        assertTrue(asked.body().length < 200);
        assertEquals(
                Bytes.of("a sale ".repeat(1000)),
                Bytes.of(Codings.decode(asked.body(), "zstd", 7000)));
    }

    @Test
    void a_producer_that_was_replaced_is_fenced() throws InterruptedException {
        peer.answers(status(403, "Producer-Epoch", "5"));
        IdempotentProducer producer = producer(SETTINGS);
        producer.offer(Bytes.of("1"));
        assertEquals(new Outcome.Fenced(5, false), next(producer));
        assertEquals(new Outcome.Fenced(5, false), producer.step());
        assertFalse(producer.offer(Bytes.of("2")));
        assertEquals(List.of(Bytes.of("1")), producer.unacknowledged());
    }

    @Test
    void a_claiming_producer_takes_the_next_epoch() throws InterruptedException {
        peer.answers(accepted(3, 0), status(403, "Producer-Epoch", "5"), accepted(6, 0));
        IdempotentProducer producer = producer(SETTINGS.claiming());
        producer.offer(Bytes.of("1"));
        assertEquals(new Outcome.Acknowledged(1), next(producer));
        producer.offer(Bytes.of("2"));
        assertEquals(new Outcome.Acknowledged(2), next(producer));
        peer.asked();
        assertEquals("1", peer.asked().header("Producer-seq"));
        Peer.Asked claimed = peer.asked();
        assertEquals("6", claimed.header("Producer-epoch"));
        assertEquals("0", claimed.header("Producer-seq"));
        assertEquals("[2]", claimed.text());
        assertEquals(6, producer.epoch());
    }

    @Test
    void it_does_not_claim_where_that_could_double_a_batch() throws InterruptedException {
        peer.answers(cut(), status(403, "Producer-Epoch", "5"));
        IdempotentProducer producer = producer(SETTINGS.claiming());
        producer.offer(Bytes.of("1"));
        assertEquals(new Outcome.Fenced(5, true), next(producer));
    }

    @Test
    void it_says_why_it_cannot_append() throws InterruptedException {
        assertEquals(
                new Outcome.Gap(4, 0),
                ended(status(409, "Producer-Expected-Seq", "4", "Producer-Received-Seq", "0")));
        assertEquals(new Outcome.Closed(), ended(status(409, "Stream-Closed", "true")));
        assertEquals(new Outcome.NoStream(), ended(status(404)));
        assertEquals(
                new Outcome.Refused(409, "status 409: not this content type"),
                ended(status(409, "not this content type")));
        assertEquals(new Outcome.Refused(413, "status 413"), ended(status(413)));
        assertEquals(
                new Outcome.Refused(403, "status 403: not yours"), ended(status(403, "not yours")));
    }

    @Test
    void a_request_that_was_given_up_is_sent_again() throws InterruptedException {
        IdempotentProducer producer = producer(SETTINGS);
        producer.offer(Bytes.of("1"));
        producer.step();
        assertEquals("[1]", peer.asked().text());
        producer.close();
        peer.answers(accepted(3, 0));
        assertEquals(new Outcome.Acknowledged(1), next(producer));
        Peer.Asked again = peer.asked();
        assertEquals("0 [1]", again.header("Producer-seq") + " " + again.text());
    }

    @Test
    void driven_it_takes_messages_as_there_is_room() throws InterruptedException {
        int messages = 100;
        peer.answers(cut());
        IntStream.range(0, messages).forEach(seq -> peer.answers(accepted(3, seq)));
        IdempotentProducer producer =
                peer.client()
                        .producer(
                                STREAM,
                                "application/json",
                                SETTINGS.withBatches(100, 2).withWaiting(100, 4));
        try (ProducerDriver driver = ProducerDriver.start(producer, (_, pause) -> moved(pause))) {
            for (int i = 1; i <= messages; i++) {
                assertEquals(i, driver.append(Bytes.of(Integer.toString(i))));
            }
            driver.flush();
            assertEquals(messages, driver.acknowledged());
            assertEquals(List.of(), driver.unacknowledged());
        }
        StringBuilder all = new StringBuilder();
        peer.asked();
        while (!peer.askedNothingMore()) {
            all.append(peer.asked().text());
        }
        String expected =
                String.join(
                        ",", IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).toList());
        assertEquals(expected, all.toString().replace("][", ",").replaceAll("[\\[\\]]", ""));
    }

    @Test
    void driven_it_tells_all_who_wait_that_it_has_ended() throws InterruptedException {
        peer.answers(status(403, "Producer-Epoch", "5"));
        try (ProducerDriver driver =
                ProducerDriver.start(producer(SETTINGS), (_, pause) -> moved(pause))) {
            driver.append(Bytes.of("1"));
            StreamException failure = assertThrows(StreamException.class, driver::flush);
            assertEquals(StreamException.Kind.REFUSED, failure.kind());
            assertEquals(new Outcome.Fenced(5, false), driver.ended().orElseThrow());
            assertThrows(StreamException.class, () -> driver.append(Bytes.of("2")));
            assertEquals(List.of(Bytes.of("1")), driver.unacknowledged());
        }
    }

    private IdempotentProducer producer(ProducerSettings settings) {
        IdempotentProducer producer = peer.client().producer(STREAM, "application/json", settings);
        producer.watch(news::release);
        return producer;
    }

    /// Time moves on instead of being waited for.
    private boolean moved(Duration pause) {
        peer.clock.move(pause);
        return false;
    }

    private Outcome ended(Peer.Reply reply) throws InterruptedException {
        peer.answers(reply);
        IdempotentProducer producer = producer(SETTINGS);
        producer.offer(Bytes.of("1"));
        return next(producer);
    }

    private static Peer.Reply accepted(long epoch, long seq) {
        return status(
                200,
                "Producer-Epoch",
                Long.toString(epoch),
                "Producer-Seq",
                Long.toString(seq),
                "Stream-Next-Offset",
                "x");
    }

    /// Steps until something has come of it, time moving on through pauses.
    private Outcome next(IdempotentProducer producer) throws InterruptedException {
        while (true) {
            switch (producer.step()) {
                case Outcome.Waiting _ ->
                        assertTrue(
                                news.tryAcquire(Peer.PATIENCE_SECONDS, TimeUnit.SECONDS),
                                "no news");
                case Outcome.Hindered hindered -> peer.clock.move(hindered.pause());
                case Outcome other -> {
                    return other;
                }
            }
        }
    }
}
