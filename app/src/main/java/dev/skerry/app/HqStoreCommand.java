package dev.skerry.app;

import dev.skerry.hq.stores.Register.Invited;
import dev.skerry.language.Json;
import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.link.Estate;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `skerry hq store`: what can be done with stores at HQ.
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = "Registers stores.",
        subcommands = HqStoreCommand.Add.class,
        synopsisSubcommandLabel = "COMMAND")
final class HqStoreCommand implements Runnable {

    @Spec private CommandSpec spec;

    HqStoreCommand() {
        spec = CommandSpec.create();
    }

    /// Alone it prints help.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `skerry hq store add`: gives a store the right to join, whether or not HQ is running.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Registers a store, if it is new, and prints a token with which one machine can join as it.",
                "Again for a store that has joined: its next machine. The one before is fenced when that joins."
            })
    static final class Add implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "ID", description = "Such as 0042.")
        private String id;

        @Parameters(
                index = "1",
                paramLabel = "NAME",
                arity = "0..1",
                description = "For people, such as \"Main Street\".")
        private String name;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "main",
                description =
                        "Which prices and campaigns are for it; ${DEFAULT-VALUE} if not said.")
        private String zone;

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
            zone = "";
            data = Path.of("");
            spec = CommandSpec.create();
        }

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            String called = name == null || name.isEmpty() ? "Store " + id : name;
            JsonObject invited;
            try {
                invited = invite(called);
            } catch (IllegalArgumentException e) {
                throw new CannotStart(String.valueOf(e.getMessage()), "nothing was registered");
            }
            out.println(
                    "Store %s, \"%s\", zone %s, may join until %s, once, with"
                            .formatted(
                                    invited.text("id"),
                                    invited.text("name"),
                                    invited.text("zone"),
                                    invited.text("validUntil")));
            out.println();
            out.println("  " + invited.text("token"));
            out.println();
            out.println("On the store's server:");
            out.println(
                    "  ./skerry store --data DIR --hq %s --join %s"
                            .formatted(invited.text("hq"), invited.text("token")));
            out.flush();
            return 0;
        }

        private JsonObject invite(String called) {
            Optional<RunningNode> running = RunningNode.find(data).filter(NodeCalls::answers);
            if (running.isPresent()) {
                return new NodeCalls(running.get())
                        .post(
                                "/api/stores",
                                JsonObject.empty()
                                        .with("id", id)
                                        .with("name", called)
                                        .with("zone", zone));
            }
            if (!Files.exists(data.resolve(HqServer.ESTATE))) {
                throw new CannotStart(
                        data + " is not the data folder of an HQ",
                        "start one there: ./skerry hq --data " + data);
            }
            InstantSource clock = InstantSource.system();
            SecureRandom random = new SecureRandom();
            Configuration configuration =
                    Configuration.load(NodeSettings.SCHEMA, NodeOptions.standard(data));
            try (SqliteDatabase mirrors =
                    Databases.open(data, HqServer.ESTATE, configuration, clock)) {
                Invited invited =
                        new Invitations(
                                        new Estate(mirrors, clock, random),
                                        Authority.open(data, clock, random),
                                        configuration,
                                        clock,
                                        () -> configuration.value(NodeSettings.LINK_PORT))
                                .invite(id, called, zone);
                return JsonObject.parse(Json.write(invited));
            }
        }
    }
}
