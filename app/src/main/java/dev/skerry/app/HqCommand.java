package dev.skerry.app;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `skerry hq`: runs headquarters until it is told to stop.
@Command(
        name = "hq",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Headquarters: takes in what stores send, and sends them what HQ writes.",
        subcommands = {HqStoreCommand.class, HqPersonCommand.class},
        footer = {
            "",
            "All settings are in docs/configuration.md; DIR/skerry.conf is read if it is there.",
            "Example: ./skerry hq --data /var/lib/skerry-hq",
            "         ./skerry hq store add 0042 \"Main Street\" --data /var/lib/skerry-hq"
        })
final class HqCommand implements Callable<Integer> {

    @Mixin private NodeOptions options;

    @Spec private CommandSpec spec;

    HqCommand() {
        // picocli fills these in before anything runs.
        options = new NodeOptions();
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration = options.load(NodeSettings.SCHEMA, HqServer.PORT);
        HqServer server = HqServer.start(options.data(), configuration);
        Stopping stopping = new Stopping(server, out);
        configuration.lines().forEach(out::println);
        out.println();
        server.newAdminToken()
                .ifPresent(token -> {
                    out.println("The admin token, shown this once: " + token);
                    out.println();
                });
        out.println("HQ is at        http://127.0.0.1:" + server.port());
        out.println(
                "Stores come in  https://%s:%d"
                        .formatted(configuration.value(NodeSettings.LINK_HOST), server.linkPort()));
        out.println("Everything is in " + options.data().toAbsolutePath().normalize());
        out.println();
        out.println("A store joins with a token. In another window:");
        out.println("  ./skerry hq store add 0042 \"Main Street\" --data " + options.data());
        out.println("A person signs on at /hq. The first admin is made by");
        out.println("  ./skerry hq person add anna \"Anna Berg\" --data " + options.data());
        out.println("Ctrl-C stops it.");
        out.flush();
        stopping.await();
        return 0;
    }
}
