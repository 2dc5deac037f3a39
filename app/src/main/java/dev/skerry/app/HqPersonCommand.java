package dev.skerry.app;

import dev.skerry.context.Caller;
import dev.skerry.context.Secrets;
import dev.skerry.language.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `skerry hq person`: who may sign on at HQ.
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "Lets people sign on at HQ.",
        subcommands = HqPersonCommand.Add.class,
        synopsisSubcommandLabel = "COMMAND")
final class HqPersonCommand implements Runnable {

    @Spec private CommandSpec spec;

    HqPersonCommand() {
        spec = CommandSpec.create();
    }

    /// Alone it prints help.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `skerry hq person add`: gives a person roles and a new password; HQ runs.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Lets a person sign on at HQ, and prints a password that is shown this once.",
                "Again for one who is there: other roles, and a new password."
            })
    static final class Add implements Callable<Integer> {

        private static final int PASSWORD_LENGTH = 16;

        @Parameters(index = "0", paramLabel = "ID", description = "To sign on with, such as anna.")
        private String id;

        @Parameters(index = "1", paramLabel = "NAME", description = "Such as \"Anna Berg\".")
        private String name;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                split = ",",
                defaultValue = "admin",
                description =
                        "admin, merchant, analyst, accountant or support; several with commas. ${DEFAULT-VALUE} if not said.")
        private List<String> roles;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "HQ's data folder.")
        private Path data;

        @Spec private CommandSpec spec;

        Add() {
            // picocli fills these in before anything runs.
            id = "";
            name = "";
            roles = List.of();
            data = Path.of("");
            spec = CommandSpec.create();
        }

        @Override
        public Integer call() {
            RunningNode hq =
                    RunningNode.find(data)
                            .filter(NodeCalls::answers)
                            .filter(it -> it.kind().equals("hq"))
                            .orElseThrow(() ->
                                    new CannotStart(
                                            "no HQ runs on " + data,
                                            "start it: ./skerry hq --data " + data));
            String password = new Secrets(new SecureRandom()).next().substring(0, PASSWORD_LENGTH);
            new NodeCalls(hq)
                    .put(
                            "/api/people/" + id,
                            JsonObject.empty()
                                    .with("name", name)
                                    .with("roles", roles.stream().map(Add::role).toList())
                                    .with("password", password));
            PrintWriter out = spec.commandLine().getOut();
            out.println("%s signs on as %s with".formatted(name, id));
            out.println();
            out.println("  " + password);
            out.println();
            out.println("at " + hq.url() + "/hq");
            out.flush();
            return 0;
        }

        private static String role(String word) {
            return Caller.OF_HQ.stream()
                    .map(Enum::name)
                    .filter(it -> it.equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new CannotStart(
                                    "there is no role " + word + " at HQ",
                                    "name one of "
                                            + Caller.OF_HQ.stream()
                                                    .sorted()
                                                    .map(it -> it.name().toLowerCase(Locale.ROOT))
                                                    .collect(Collectors.joining(", "))));
        }
    }
}
