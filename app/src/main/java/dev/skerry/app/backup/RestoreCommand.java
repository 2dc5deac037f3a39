package dev.skerry.app.backup;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `skerry restore`: makes a data folder of a backup.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a data folder of a backup, after each file was compared with its digest.",
            "The machine it was taken from must not run any more."
        },
        footer = {
            "",
            "Example: ./skerry restore --from /backup/2026-11-20T03-00-00Z --data /var/lib/skerry"
        })
public final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DIR",
            description = "The backup: a folder with a backup.json.")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The new data folder, which must not exist or be empty.")
    private Path data;

    @Spec private CommandSpec spec;

    /// For picocli, which fills it in before anything runs.
    public RestoreCommand() {
        from = Path.of("");
        data = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        Backup backup = Backup.read(from);
        backup.restore(data);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s is %s as of %s.%n",
                data.toAbsolutePath().normalize(), backup.node(), backup.at());
        out.println(
                backup.node().equals("hq")
                        ? "Start it with ./skerry hq. Stores send again what it lacks of theirs; what was changed at HQ since then has to be changed again."
                        : "Start it with ./skerry store. Before it sells, it fetches from HQ what it lacks of its own.");
        out.flush();
        return ExitCode.OK;
    }
}
