package dev.skerry.app;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin private NodeOptions options;

    @Spec private CommandSpec spec;

    StreamsCommand() {
        // picocli fills these in before anything runs.
        options = new NodeOptions();
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration = options.load(NodeSettings.SCHEMA);
        StreamsServer server = StreamsServer.start(options.data(), configuration);
        Stopping stopping = new Stopping(server, out);
        tell(out, configuration, server);
        stopping.await();
        return 0;
    }

    private void tell(PrintWriter out, Configuration configuration, StreamsServer server) {
        Listening listening = new Listening(configuration.value(NodeSettings.HTTP_HOST));
        String url = listening.url("http", server.port()) + StreamsServer.MOUNT;
        configuration.lines().forEach(out::println);
        out.println();
        out.println("Serves durable streams at " + url);
        out.println("Keeps them in " + options.data().toAbsolutePath().normalize());
        if (!listening.loopback()) {
            out.println(
                    "Everybody who reaches "
                            + listening.host()
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
}
