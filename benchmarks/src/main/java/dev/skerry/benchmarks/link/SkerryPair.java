package dev.skerry.benchmarks.link;

import dev.skerry.app.line.BadLine;
import dev.skerry.benchmarks.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ours: a store and HQ as `./skerry` runs them, over mutual TLS.
final class SkerryPair implements Pair {

    private final Path folder;
    private final Path logs;
    private final int hqPort = Ports.free();
    private final int linkPort = Ports.free();
    private final BadLine line = new BadLine(0, Ports.at(linkPort));
    private final String token;
    private volatile RemoteEnds ends;

    static Optional<Pair> start(Scratch scratch) throws Exception {
        return Optional.of(new SkerryPair(scratch));
    }

    private SkerryPair(Scratch scratch) throws IOException {
        this.logs = PeerJars.logs("skerry");
        this.folder = Files.createDirectories(scratch.fresh("skerry"));
        PeerProcess hq = hq();
        this.token = HqTokens.token(folder.resolve("hq"), "0042");
        this.ends = new RemoteEnds(store(), hq);
    }

    private PeerProcess hq() throws IOException {
        return node("hq", Integer.toString(hqPort), Integer.toString(linkPort));
    }

    private PeerProcess store() throws IOException {
        return node("store", "https://127.0.0.1:" + line.port(), token);
    }

    private PeerProcess node(String side, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djdk.virtualThreadScheduler.parallelism=8",
                                "-XX:+UseG1GC",
                                "-XX:CompileCommand=quiet",
                                "-XX:CompileCommand=CompileThresholdScaling,"
                                        + "com.sun.crypto.provider.*::*,0.05",
                                "-Xms512M",
                                "-Xmx2G",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SkerryNode.class.getName(),
                                side,
                                folder.resolve(side).toString()));
        command.addAll(List.of(more));
        PeerProcess node = new PeerProcess(side, logs, command);
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
        ends = new RemoteEnds(store(), ends.hq());
    }

    @Override
    public void killHq() throws IOException {
        ends.hq().close();
        ends = new RemoteEnds(ends.store(), hq());
    }

    @Override
    public void close() {
        line.close();
        ends.store().close();
        ends.hq().close();
    }
}
