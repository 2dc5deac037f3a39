package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `skerry status`: says how the node is that runs on a data folder.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "How the store or HQ is that runs on a data folder of this machine.")
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The node's data folder.")
    private Path data;

    @Option(names = "--json", description = "As the node's API answers it.")
    private boolean json;

    @Spec private CommandSpec spec;

    StatusCommand() {
        // picocli fills these in before anything runs.
        data = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        RunningNode node =
                RunningNode.find(data)
                        .orElseThrow(() ->
                                new CannotStart(
                                        "no node runs on " + data,
                                        "start it with ./skerry store or ./skerry hq"));
        JsonObject status =
                new NodeCalls(node).get(node.kind().equals("hq") ? "/api/stores" : "/api/status");
        if (json) {
            out.println(status.write());
        } else if (node.kind().equals("hq")) {
            StatusText.hq(status).forEach(out::println);
        } else {
            StatusText.store(status).forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
