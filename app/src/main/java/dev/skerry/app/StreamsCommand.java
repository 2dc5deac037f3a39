package dev.skerry.app;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `skerry streams`: serves streams until it is told to stop.
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A bare Durable Streams server.",
        footer = {
            "",
            "All settings are in docs/configuration.md; DIR/skerry.conf is read if it is there.",
            "Example: ./skerry streams --data /var/lib/skerry --set http.body-bytes-max=4MiB"
        })
final class StreamsCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Where everything is kept; made if it is not there.")
    private Path data;

    @Option(names = "--port", paramLabel = "P", description = "Short for --set http.port=P.")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "H", description = "Short for --set http.host=H.")
    private @Nullable String host;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, instead of those in DIR/skerry.conf.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting; wins over files and SKERRY_ variables.")
    private Map<String, String> settings;

    @Spec private CommandSpec spec;

    StreamsCommand() {
        // picocli fills these in before anything runs.
        data = Path.of("");
        settings = new LinkedHashMap<>();
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration = Configuration.load(NodeSettings.SCHEMA, sources());
        StreamsServer server = StreamsServer.start(data, configuration);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    server.close();
                                    out.println("Stopped.");
                                    out.flush();
                                    stopped.countDown();
                                }));
        tell(out, configuration, server);
        stopped.await();
        return 0;
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        Path standard = data.resolve("skerry.conf");
        if (config != null) {
            sources.add(Source.file(config));
        } else if (Files.exists(standard)) {
            sources.add(Source.file(standard));
        }
        sources.add(Source.environment(System.getenv()));
        sources.add(Source.options(settings));
        if (port != null) {
            sources.add(Source.option("--port", NodeSettings.HTTP_PORT, port));
        }
        if (host != null) {
            sources.add(Source.option("--host", NodeSettings.HTTP_HOST, host));
        }
        return sources;
    }

    private void tell(PrintWriter out, Configuration configuration, StreamsServer server) {
        String listening = configuration.value(NodeSettings.HTTP_HOST);
        String reachable = listening.equals("0.0.0.0") ? "127.0.0.1" : listening;
        String url =
                "http://"
                        + (reachable.contains(":") ? "[" + reachable + "]" : reachable)
                        + ":"
                        + server.port()
                        + StreamsServer.MOUNT;
        configuration.lines().forEach(out::println);
        out.println();
        out.println("Serves durable streams at " + url);
        out.println("Keeps them in " + data.toAbsolutePath().normalize());
        if (!loopback(listening)) {
            out.println(
                    "Everybody who reaches "
                            + listening
                            + " may read and write: there is no"
                            + " access control yet.");
        }
        out.println();
        out.println("Try, in another window:");
        out.println("  curl -X PUT  -H 'Content-Type: application/json' " + url + "hello");
        out.println(
                "  curl -X POST -H 'Content-Type: application/json' -d '{\"n\":1}' "
                        + url
                        + "hello");
        out.println("  curl -N '" + url + "hello?offset=-1&live=sse'");
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
