package dev.skerry.benchmarks;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEvent.Extension;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.stream.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Sales as a store would publish them: CloudEvents in JSON, about 600 bytes each, the same for the same seed.
public final class Sales {

    public static final int BATCH_EVENTS = 1000;

    /// So many different ones are made; then they come again.
    private static final int DIFFERENT_EVENTS = 20 * BATCH_EVENTS;

    private static final long SEED = 42;
    private static final Instant OPENING = Instant.parse("2026-03-02T08:00:00Z");

    private final Random random = new Random(SEED);
    private final List<Bytes> events = new ArrayList<>(DIFFERENT_EVENTS);
    private Instant now = OPENING;
    private final TimeOrderedIds ids = new TimeOrderedIds(() -> now, random);

    public Sales() {
        for (int i = 0; i < DIFFERENT_EVENTS; i++) {
            events.add(Bytes.of(CloudEventJson.write(sale())));
        }
    }

    /// The n-th of an endless row.
    Bytes event(long n) {
        return events.get((int) (n % DIFFERENT_EVENTS));
    }

    /// The n-th thousand of the endless row.
    List<Bytes> batch(long n) {
        int from = (int) (n * BATCH_EVENTS % DIFFERENT_EVENTS);
        return events.subList(from, from + BATCH_EVENTS);
    }

    /// The batches, as JSON arrays, until they repeat.
    List<byte[]> batchBodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (int n = 0; n < DIFFERENT_EVENTS / BATCH_EVENTS; n++) {
            bodies.add(array(batch(n)));
        }
        return bodies;
    }

    /// The payload bytes of the first `count` of the endless row.
    long bytes(long count) {
        long bytes = 0;
        for (long n = 0; n < count; n++) {
            bytes += event(n).length();
        }
        return bytes;
    }

    /// A sale that can be told from all others by its number.
    public byte[] numbered(int number) {
        CloudEvent sale =
                sale().withExtension("sequence", new Extension.Text("%08d".formatted(number)));
        return CloudEventJson.write(sale);
    }

    private static byte[] array(List<Bytes> elements) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        char before = '[';
        for (Bytes element : elements) {
            body.write(before);
            body.write(element.array(), element.from(), element.length());
            before = ',';
        }
        body.write(']');
        return body.toByteArray();
    }

    private CloudEvent sale() {
        now = now.plusMillis(random.nextInt(1, 4000));
        int till = random.nextInt(1, 13);
        String receipt = "0042-%02d-%06d".formatted(till, random.nextInt(1_000_000));
        return CloudEvent.of(
                        ids.next().toString(),
                        "store-0042/orders",
                        "dev.skerry.orders.OrderPaid",
                        now,
                        basket(till, receipt))
                .withSubject(receipt)
                .withTraceparent(
                        String.format(
                                Locale.ROOT,
                                "00-%016x%016x-%016x-01",
                                random.nextLong(),
                                random.nextLong(),
                                random.nextLong()));
    }

    /// Amounts are in cents.
    private String basket(int till, String receipt) {
        StringBuilder lines = new StringBuilder();
        long total = 0;
        int count = random.nextInt(1, 9);
        for (int i = 0; i < count; i++) {
            int quantity = random.nextInt(10) == 0 ? 2 : 1;
            int price = random.nextInt(50, 2000);
            total += (long) quantity * price;
            lines.append(i == 0 ? "" : ",")
                    .append("{\"gtin\":\"40")
                    .append(String.format(Locale.ROOT, "%011d", random.nextInt(40_000) * 7919L))
                    .append("\",\"quantity\":")
                    .append(quantity)
                    .append(",\"price\":")
                    .append(price)
                    .append('}');
        }
        return "{\"receipt\":\"%s\",\"till\":%d,\"lines\":[%s],\"currency\":\"EUR\",\"total\":%d,\"tender\":\"%s\"}"
                .formatted(receipt, till, lines, total, random.nextInt(3) == 0 ? "cash" : "card");
    }
}
