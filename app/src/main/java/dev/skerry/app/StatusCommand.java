package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `skerry status`: says how the node is that runs on a data folder.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "How the store or HQ is that runs on a data folder of this machine.",
        footer = {
            "",
            "Ends with 0 if it is ready: a store that may sell, or HQ; the line has no say in it. Ends with 1 if it is"
                    + " not ready, does not run or does not answer."
        })
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The node's data folder.")
    private Path data;

    @Option(names = "--json", description = "As the node's /api/status answers it.")
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
        NodeCalls calls = new NodeCalls(node);
        JsonObject status = calls.get("/api/status");
        if (json) {
            out.println(status.write());
        } else {
            text(node, calls, status).forEach(out::println);
        }
        out.flush();
        return status.flag("ready") ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static List<String> text(RunningNode node, NodeCalls calls, JsonObject status) {
        return node.kind().equals("hq")
                ? StatusText.hq(status, calls.get("/api/stores").objects("stores"))
                : StatusText.store(status);
    }
}
