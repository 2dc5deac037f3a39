package dev.skerry.app;

import dev.skerry.app.backup.BackupCommand;
import dev.skerry.app.backup.BackupException;
import dev.skerry.app.backup.RestoreCommand;
import dev.skerry.app.line.LineCommand;
import dev.skerry.app.printer.PrinterCommand;
import dev.skerry.node.config.ConfigurationException;
import dev.skerry.node.http.HttpHostException;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.stream.StreamException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./skerry`: finds out what is wanted, and does it. Ends with 0 if that was done, 1 if the machine failed, 2 if the command
/// line or the configuration was wrong.
@Command(
        name = "skerry",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "An occasionally connected server for retail chains.",
        subcommands = {
            DemoCommand.class,
            HqCommand.class,
            StoreCommand.class,
            DeviceCommand.class,
            StatusCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            StreamsCommand.class,
            GenerateCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            LineCommand.class,
            PrinterCommand.class,
            WarmUpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    Main() {
        // picocli fills this in before anything runs.
        spec = CommandSpec.create();
    }

    public static void main(String[] arguments) {
        OneLineLogs.install();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((e, line, _) -> failed(e, line))
                .setUsageHelpAutoWidth(true);
    }

    /// Alone it prints help.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// What went wrong, in words that say what to do; a stack of calls only for what we did not foresee.
    private static int failed(Exception e, CommandLine line) throws Exception {
        PrintWriter err = line.getErr();
        return switch (e) {
            case ConfigurationException wrong -> {
                err.println(wrong.getMessage());
                yield CommandLine.ExitCode.USAGE;
            }
            case ParameterException wrong -> {
                err.println(wrong.getMessage());
                yield CommandLine.ExitCode.USAGE;
            }
            case StreamException failure -> {
                err.println("skerry: " + failure.getMessage());
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case CannotStart failure -> {
                err.println("skerry: " + failure.getMessage());
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case BackupException failure -> {
                err.println("skerry: " + failure.getMessage());
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case IdentityException failure -> {
                err.println("skerry: " + failure.getMessage());
                yield CommandLine.ExitCode.SOFTWARE;
            }
            case HttpHostException failure -> {
                err.println("skerry: " + failure.getMessage());
                yield CommandLine.ExitCode.SOFTWARE;
            }
            default -> throw e;
        };
    }
}
