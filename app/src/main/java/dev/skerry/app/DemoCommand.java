package dev.skerry.app;

import dev.skerry.app.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry demo`: HQ, stores, shoppers and lines that can be cut, until it is told to stop.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "An HQ, some stores and their shoppers in this process, and a page on which you cut a store's line and watch it sell on.",
            "Everything is thrown away at the end, unless you say where to keep it."
        },
        footer = {"", "Example: ./skerry demo --stores 5 --pace 120"})
final class DemoCommand implements Callable<Integer> {

    private static final Duration POWER_OFF = Duration.ofSeconds(5);

    @Option(
            names = "--stores",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many; ${DEFAULT-VALUE} if not said.")
    private int stores;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "4400",
            description = "Of the page; ${DEFAULT-VALUE} if not said.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "An empty folder, which is kept; one that is thrown away if not said.")
    private @Nullable Path data;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Which chain, and which shoppers; ${DEFAULT-VALUE} if not said.")
    private long seed;

    @Option(
            names = "--pace",
            paramLabel = "N",
            defaultValue = "60",
            description = "Shoppers a minute in each store; ${DEFAULT-VALUE} if not said.")
    private int pace;

    @Spec private CommandSpec spec;

    DemoCommand() {
        // picocli fills these in before anything runs.
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(
                stores >= 1 && stores <= Demo.STORES_MAX,
                "--stores is from 1 to " + Demo.STORES_MAX);
        require(pace >= 0 && pace <= Demo.PACE_MAX, "--pace is from 0 to " + Demo.PACE_MAX);
        PrintWriter out = spec.commandLine().getOut();
        Folder folder = Folder.of(data);
        Demo demo = start(folder);
        Stopping stopping =
                new Stopping(
                        () -> {
                            demo.close();
                            folder.end();
                        },
                        out);
        out.println("The demo is at   http://127.0.0.1:" + demo.port());
        out.println("                 Open it in a browser, and press Start the tour.");
        out.println("Its HQ is at     http://127.0.0.1:" + demo.hqPort());
        out.println(
                "Its %s, and everything is in %s%s"
                        .formatted(
                                stores == 1 ? "store opens now" : stores + " stores open now",
                                folder.path(),
                                data == null ? ", for as long as it runs" : ""));
        out.println("Ctrl-C stops it.");
        out.flush();
        stopping.await();
        return 0;
    }

    private Demo start(Folder folder) throws IOException {
        InstantSource clock = InstantSource.system();
        boolean started = false;
        try {
            Demo demo =
                    Demo.start(
                            new Demo.Plan(stores, port, folder.path(), seed, pace, POWER_OFF),
                            new DemoNodes(),
                            new Demo.Place(clock, ZoneId.systemDefault(), Version.text()));
            started = true;
            return demo;
        } finally {
            if (!started) {
                folder.end();
            }
        }
    }

    private void require(boolean proper, String what) {
        if (!proper) {
            throw new ParameterException(spec.commandLine(), what);
        }
    }

    /// Where everything is.
    ///
    /// @param passing it is thrown away at the end
    private record Folder(Path path, boolean passing) {

        static Folder of(@Nullable Path wanted) throws IOException {
            if (wanted == null) {
                return new Folder(Files.createTempDirectory("skerry-demo-"), true);
            }
            Files.createDirectories(wanted);
            try (Stream<Path> there = Files.list(wanted)) {
                if (there.findAny().isPresent()) {
                    throw new CannotStart(
                            wanted + " is not empty", "the demo begins anew: take another folder");
                }
            }
            return new Folder(wanted, false);
        }

        void end() throws IOException {
            if (!passing) {
                return;
            }
            List<Path> all;
            try (Stream<Path> below = Files.walk(path)) {
                all = below.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.deleteIfExists(one);
            }
        }
    }
}
