package dev.skerry.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.language.JsonObject;
import dev.skerry.language.staffing.DeviceKind;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `skerry device`: what can be done with a store's devices by who may read its data folder.
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "Lets tills, screens and other systems into a store.",
        subcommands = {
            DeviceCommand.Add.class,
            DeviceCommand.Listing.class,
            DeviceCommand.Remove.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class DeviceCommand implements Runnable {

    @Spec private CommandSpec spec;

    DeviceCommand() {
        spec = CommandSpec.create();
    }

    /// Alone it prints help.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `skerry device add`: gives a device its token, also where nobody works yet who could confirm a code.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Adds a device to the store that runs on a data folder, and prints its token.",
                "The token is shown once: a device that lost it is added again with --replace."
            })
    static final class Add implements Callable<Integer> {

        @Parameters(
                index = "0",
                paramLabel = "NAME",
                description = "Such as till-1: lower-case letters, digits and dashes.")
        private String name;

        @Option(
                names = "--code",
                paramLabel = "CODE",
                description =
                        "What a screen shows that waits to be let in. It fetches its token itself.")
        private @Nullable String code;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = {
                    "Without a code:",
                    "till, kiosk, board, kitchen, display, office, handheld or integration."
                })
        private String kind;

        @Option(
                names = "--replace",
                description = "Takes out the device that has this name, if there is one.")
        private boolean replace;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "The store's data folder.")
        private Path data;

        @Spec private CommandSpec spec;

        Add() {
            // picocli fills these in before anything runs.
            name = "";
            kind = "";
            data = Path.of("");
            spec = CommandSpec.create();
        }

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            if (code != null) {
                calls(data)
                        .post(
                                "/api/devices",
                                JsonObject.empty()
                                        .with("name", name)
                                        .with("code", code.replace(" ", ""))
                                        .with("replace", replace));
                out.println(
                        "%s belongs to the store: its screen goes on by itself.".formatted(name));
                out.flush();
                return 0;
            }
            if (kind.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "say --code with what the screen shows, or --kind for its token");
            }
            JsonObject added =
                    calls(data)
                            .post(
                                    "/api/devices",
                                    JsonObject.empty()
                                            .with("name", name)
                                            .with("kind", kind().name())
                                            .with("replace", replace));
            out.println("%s belongs to the store. Its token, shown once:".formatted(name));
            out.println();
            out.println("  " + added.text("token"));
            out.println();
            out.println("It sends it with each request:");
            out.println("  Authorization: Bearer " + added.text("token"));
            out.flush();
            return 0;
        }

        private DeviceKind kind() {
            try {
                return DeviceKind.valueOf(kind.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new CannotStart(
                        "\"" + kind + "\" is no kind of device",
                        "say --kind till, kiosk, board, kitchen, display, office, handheld or integration");
            }
        }
    }

    /// `skerry device list`: which devices belong to a store, and who works at them.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the devices of the store that runs on a data folder.")
    static final class Listing implements Callable<Integer> {

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "The store's data folder.")
        private Path data;

        @Spec private CommandSpec spec;

        Listing() {
            // picocli fills these in before anything runs.
            data = Path.of("");
            spec = CommandSpec.create();
        }

        @Override
        public Integer call() {
            List<JsonObject> devices = calls(data).get("/api/devices").objects("devices");
            PrintWriter out = spec.commandLine().getOut();
            if (devices.isEmpty()) {
                out.println("No device belongs to the store yet.");
            }
            for (JsonObject device : devices) {
                String who =
                        device.has("session")
                                ? "%s is signed on".formatted(device.object("session").text("name"))
                                : "";
                out.println(
                        "%-20s %-12s since %-20s %s"
                                .formatted(
                                        device.text("device"),
                                        device.text("kind").toLowerCase(Locale.ROOT),
                                        Instant.parse(device.text("pairedAt"))
                                                .truncatedTo(ChronoUnit.SECONDS),
                                        who)
                                .stripTrailing());
            }
            out.flush();
            return 0;
        }
    }

    /// `skerry device remove`: a device that is gone, or whose token somebody else may have.
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Takes a device out of the store that runs on a data folder.",
                "Its token opens nothing from then on; baskets that it held can be recalled elsewhere."
            })
    static final class Remove implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "Such as till-1.")
        private String name;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description = "The store's data folder.")
        private Path data;

        @Spec private CommandSpec spec;

        Remove() {
            // picocli fills these in before anything runs.
            name = "";
            data = Path.of("");
            spec = CommandSpec.create();
        }

        @Override
        public Integer call() {
            calls(data).delete("/api/devices/" + URLEncoder.encode(name, UTF_8));
            PrintWriter out = spec.commandLine().getOut();
            out.println(name + " does not belong to the store any more.");
            out.flush();
            return 0;
        }
    }

    private static NodeCalls calls(Path data) {
        return new NodeCalls(store(data));
    }

    private static RunningNode store(Path data) {
        RunningNode node =
                RunningNode.find(data)
                        .filter(NodeCalls::answers)
                        .orElseThrow(() ->
                                new CannotStart(
                                        "no store runs on " + data,
                                        "start it: ./skerry store --data " + data));
        if (!node.kind().equals("store")) {
            throw new CannotStart(
                    data + " is the data folder of an HQ, which has no devices",
                    "give the store's data folder");
        }
        return node;
    }
}
