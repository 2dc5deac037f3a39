package dev.skerry.benchmarks.link;

import dev.skerry.app.line.BadLine;
import dev.skerry.benchmarks.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Apache Artemis: a broker at the store, and its core bridge to a broker at HQ.
final class ArtemisPair implements Pair {

    private final String classPath;
    private final Path folder;
    private final Path logs;
    private final int hqPort = Ports.free();
    private final BadLine line = new BadLine(0, Ports.at(hqPort));
    private volatile RemoteEnds ends;

    static Optional<Pair> start(Scratch scratch) throws Exception {
        Optional<String> classPath = PeerJars.classPath("artemis");
        return classPath.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArtemisPair(scratch, classPath.get()));
    }

    private ArtemisPair(Scratch scratch, String classPath) throws IOException {
        this.classPath = classPath;
        this.logs = PeerJars.logs("artemis");
        this.folder = Files.createDirectories(scratch.fresh("artemis"));
        PeerProcess hq = node("hq", hqPort);
        this.ends = new RemoteEnds(node("store", line.port()), hq);
    }

    private PeerProcess node(String side, int port) throws IOException {
        // Heap and collector as in the etc/artemis.profile that `artemis create` writes.
        PeerProcess node =
                new PeerProcess(
                        side,
                        logs,
                        List.of(
                                "-XX:+UseG1GC",
                                "-Xms512M",
                                "-Xmx2G",
                                "-cp",
                                classPath,
                                ArtemisNode.class.getName(),
                                side,
                                folder.resolve(side).toString(),
                                Integer.toString(port)));
        node.answer();
        return node;
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
        return ends.store().cpuSeconds();
    }

    @Override
    public double hqCpuSeconds() {
        return ends.hq().cpuSeconds();
    }

    @Override
    public void killStore() throws IOException {
        ends.store().close();
        ends = new RemoteEnds(node("store", line.port()), ends.hq());
    }

    @Override
    public void killHq() throws IOException {
        ends.hq().close();
        ends = new RemoteEnds(ends.store(), node("hq", hqPort));
    }

    @Override
    public void close() {
        line.close();
        ends.store().close();
        ends.hq().close();
    }
}
