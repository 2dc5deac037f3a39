package dev.skerry.benchmarks.link;

import dev.skerry.app.line.BadLine;
import dev.skerry.benchmarks.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Apache Kafka: a broker at the store, one at HQ, and MirrorMaker 2 at HQ, near the cluster that it writes to, as its
/// documentation says.
///
/// The brokers flush to the disk with every batch (`log.flush.interval.messages=1`). Kafka's usual practice is not to, and
/// to trust in replicas that do not fail together; a store has one machine and one plug. MirrorMaker is as it comes, so it
/// commits what it has read every 60 s and may repeat that much after a crash.
final class KafkaPair implements Pair {

    /// Any will do.
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    private final String classPath;
    private final Path folder;
    private final Path logs;
    private final Broker storeBroker =
            new Broker("store", Ports.free(), Ports.free(), Ports.free());
    private final Broker hqBroker = new Broker("hq", Ports.free(), Ports.free(), Ports.free());
    private final BadLine line = new BadLine(0, Ports.at(storeBroker.linePort));
    private final RemoteEnds ends;
    private volatile PeerProcess store;
    private volatile PeerProcess hq;
    private volatile PeerProcess mirrorMaker;

    /// @param linePort where it listens for whoever comes through the line
    private record Broker(String name, int port, int linePort, int controllerPort) {

        String address() {
            return "127.0.0.1:" + port;
        }

        /// @param advertisedPort where those who come through the line find it
        String properties(Path folder, int advertisedPort) {
            return """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%3$d
            controller.listener.names=CONTROLLER
            listeners=LOCAL://127.0.0.1:%1$d,LINE://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
            advertised.listeners=LOCAL://127.0.0.1:%1$d,LINE://127.0.0.1:%4$d
            listener.security.protocol.map=LOCAL:PLAINTEXT,LINE:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=LOCAL
            log.dirs=%5$s
            log.flush.interval.messages=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            """
                    .formatted(
                            port, linePort, controllerPort, advertisedPort, folder.resolve(name));
        }
    }

    static Optional<Pair> start(Scratch scratch) throws Exception {
        Optional<String> classPath = PeerJars.classPath("kafka");
        return classPath.isEmpty()
                ? Optional.empty()
                : Optional.of(new KafkaPair(scratch, classPath.get()));
    }

    private KafkaPair(Scratch scratch, String classPath) throws Exception {
        this.classPath = classPath;
        this.logs = PeerJars.logs("kafka");
        this.folder = Files.createDirectories(scratch.fresh("kafka"));
        format(storeBroker, line.port());
        format(hqBroker, hqBroker.linePort);
        this.store = broker(storeBroker);
        this.hq = broker(hqBroker);
        this.ends = new RemoteEnds(client(storeBroker), client(hqBroker));
        Files.writeString(folder.resolve("mirror.properties"), mirrorProperties());
        this.mirrorMaker = mirrorMaker();
    }

    private void format(Broker broker, int advertisedPort) throws Exception {
        Path properties = folder.resolve(broker.name + ".properties");
        Files.writeString(properties, broker.properties(folder, advertisedPort));
        PeerProcess.run(
                "format-" + broker.name,
                logs,
                List.of(
                        "-cp",
                        classPath,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        properties.toString()));
    }

    /// Heap and collector as in Kafka's own start scripts.
    private PeerProcess broker(Broker broker) throws IOException {
        return new PeerProcess(
                broker.name,
                logs,
                List.of(
                        "-Xms1G",
                        "-Xmx1G",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=20",
                        "-XX:InitiatingHeapOccupancyPercent=35",
                        "-cp",
                        classPath,
                        "kafka.Kafka",
                        folder.resolve(broker.name + ".properties").toString()));
    }

    private PeerProcess client(Broker broker) throws IOException {
        PeerProcess client =
                new PeerProcess(
                        broker.name + "-client",
                        logs,
                        List.of(
                                "-Xmx1G",
                                "-cp",
                                classPath,
                                KafkaEnd.class.getName(),
                                broker.name,
                                broker.address()));
        client.answer();
        return client;
    }

    private PeerProcess mirrorMaker() throws IOException {
        return new PeerProcess(
                "mirror",
                logs,
                List.of(
                        "-Xms256M",
                        "-Xmx2G",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=20",
                        "-XX:InitiatingHeapOccupancyPercent=35",
                        "-cp",
                        classPath,
                        "org.apache.kafka.connect.mirror.MirrorMaker",
                        folder.resolve("mirror.properties").toString(),
                        "--clusters",
                        "hq"));
    }

    /// One broker each, so one replica; and its notes about offsets at HQ, not over the line.
    private String mirrorProperties() {
        return """
        clusters=store,hq
        store.bootstrap.servers=127.0.0.1:%d
        hq.bootstrap.servers=%s
        store->hq.enabled=true
        store->hq.topics=%s
        hq->store.enabled=false
        store->hq.offset-syncs.topic.location=target
        hq.producer.compression.type=zstd
        replication.factor=1
        offset.storage.replication.factor=1
        status.storage.replication.factor=1
        config.storage.replication.factor=1
        checkpoints.topic.replication.factor=1
        heartbeats.topic.replication.factor=1
        offset-syncs.topic.replication.factor=1
        """
                .formatted(line.port(), hqBroker.address(), KafkaEnd.TOPIC);
    }

    @Override
    public BadLine line() {
        return line;
    }

    @Override
    public void take(int first, int count) throws IOException {
        ends.take(first, count);
    }

    @Override
    public long atHq() throws IOException {
        return ends.atHq();
    }

    @Override
    public Tally readAtHq() throws IOException {
        return ends.readAtHq();
    }

    @Override
    public long[] live(int first, int count, int perSecond) throws Exception {
        return ends.live(first, count, perSecond);
    }

    @Override
    public double storeCpuSeconds() {
        return store.cpuSeconds();
    }

    @Override
    public double hqCpuSeconds() {
        return hq.cpuSeconds() + mirrorMaker.cpuSeconds();
    }

    @Override
    public void killStore() throws IOException {
        store.close();
        store = broker(storeBroker);
    }

    @Override
    public void killHq() throws IOException {
        mirrorMaker.close();
        hq.close();
        hq = broker(hqBroker);
        mirrorMaker = mirrorMaker();
    }

    @Override
    public void close() {
        line.close();
        List.of(mirrorMaker, ends.store(), ends.hq(), store, hq).forEach(PeerProcess::close);
    }
}
