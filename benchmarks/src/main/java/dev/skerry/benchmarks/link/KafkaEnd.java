package dev.skerry.benchmarks.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A process with a Kafka client, at the store or at HQ. One partition, since the order of a store's events matters.
final class KafkaEnd {

    static final String TOPIC = "sales";

    /// As MirrorMaker names it at HQ.
    private static final TopicPartition MIRROR = new TopicPartition("store." + TOPIC, 0);

    private static final Duration POLL_MAX = Duration.ofSeconds(1);

    private KafkaEnd() {}

    /// @param arguments `store` or `hq`, and the address of the broker there
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("store")) {
            EndProcess.serve(new Store(arguments[1]));
        } else {
            EndProcess.serve(new Hq(arguments[1]));
        }
    }

    private static Map<String, Object> admin(String address) {
        return Map.of("bootstrap.servers", address);
    }

    /// acks=all and no repeats from the producer, which are its defaults; batches large enough to compress well.
    private static final class Store implements StoreEnd {

        private final KafkaProducer<byte[], byte[]> producer;

        Store(String address) throws Exception {
            try (Admin admin = Admin.create(admin(address))) {
                NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty());
                admin.createTopics(List.of(topic)).all().get();
            }
            producer =
                    new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    address,
                                    "compression.type",
                                    "zstd",
                                    "batch.size",
                                    128 * 1024),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
        }

        @Override
        public void take(List<byte[]> events) throws Exception {
            List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
            for (byte[] event : events) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, event)));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static final class Hq implements HqEnd {

        private final String address;
        private final Admin admin;
        private boolean mirrored;

        Hq(String address) throws Exception {
            this.address = address;
            this.admin = Admin.create(admin(address));
            admin.describeCluster().nodes().get();
        }

        private boolean mirrored() throws Exception {
            mirrored = mirrored || admin.listTopics().names().get().contains(MIRROR.topic());
            return mirrored;
        }

        private KafkaConsumer<byte[], byte[]> consumer() {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            Map.of("bootstrap.servers", address),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
            consumer.assign(List.of(MIRROR));
            return consumer;
        }

        @Override
        public long count() throws Exception {
            if (!mirrored()) {
                return 0;
            }
            return admin.listOffsets(Map.of(MIRROR, OffsetSpec.latest()))
                    .partitionResult(MIRROR)
                    .get()
                    .offset();
        }

        @Override
        public void read(Consumer<byte[]> reader) throws Exception {
            long end = count();
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.seekToBeginning(List.of(MIRROR));
                while (end > 0 && consumer.position(MIRROR) < end) {
                    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL_MAX)) {
                        reader.accept(each.value());
                    }
                }
            }
        }

        @Override
        public void follow(Predicate<byte[]> reader) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.seekToEnd(List.of(MIRROR));
                // Now, and not with the first poll.
                consumer.position(MIRROR);
                boolean more = true;
                while (more) {
                    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL_MAX)) {
                        more = reader.test(each.value());
                    }
                }
            }
        }
    }
}
