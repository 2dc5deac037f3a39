package dev.skerry.app.backup;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry backup`: copies a node's data as of now.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies the data folder of a store or an HQ as it is at this instant, while the node runs or while it does not.",
            "All databases of a backup are of one instant. Each copy is checked. A backup holds keys: keep it as safe as the node."
        },
        footer = {"", "Example: ./skerry backup --data /var/lib/skerry --to /backup --keep 7"})
public final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The node's data folder.")
    private Path data;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Gets a folder named after the instant; best on another disk.")
    private Path to;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Deletes older backups there, of the same node, but the newest N.")
    private int keep;

    @Spec private CommandSpec spec;

    /// For picocli, which fills it in before anything runs.
    public BackupCommand() {
        data = Path.of("");
        to = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        if (keep < 0) {
            throw new ParameterException(spec.commandLine(), "--keep: 1 or more, or leave it out");
        }
        PrintWriter out = spec.commandLine().getOut();
        Backup made = Backup.take(data, to, Instant.now());
        out.printf(
                "%s is backed up to %s: %d files, %.1f MB.%n",
                made.node(), made.folder(), made.files().size(), made.bytes() / 1e6);
        if (keep > 0) {
            List<Backup> all =
                    Backup.in(to).stream().filter(it -> it.node().equals(made.node())).toList();
            for (Backup old : all.subList(0, Math.max(0, all.size() - keep))) {
                old.delete();
                out.println("Deleted " + old.folder() + ".");
            }
        }
        out.flush();
        return ExitCode.OK;
    }
}
