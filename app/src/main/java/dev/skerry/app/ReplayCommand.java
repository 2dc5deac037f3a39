package dev.skerry.app;

import dev.skerry.app.replay.Cut;
import dev.skerry.app.replay.Manager;
import dev.skerry.app.replay.Replay;
import dev.skerry.app.replay.Replay.Amounts;
import dev.skerry.app.replay.Replay.Days;
import dev.skerry.app.replay.Replay.Outcome;
import dev.skerry.app.replay.ReplayException;
import dev.skerry.language.JsonObject;
import dev.skerry.stream.Pacer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry replay`: real baskets through the stores' own API, and what came of it compared to the cent.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends the baskets in FOLDER through the tills of its stores, day by day, and compares the file, the stores and HQ to the cent.",
            "An HQ and the stores run in this process; an HQ that runs on DIR/hq already is used. Stopped in any way, the same command goes on.",
            "What cannot be sold is in DIR/rejected.csv, with its reason. Ends with 1 if anything differs."
        },
        footer = {
            "",
            "The format is described in docs/replay.md.",
            "Example: ./skerry replay --data /tmp/replay --from /srv/online-retail --busiest 20 --cut 1/3:1/2"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final int DIFFERENCES_SHOWN = 50;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Where HQ and the stores keep what they have.")
    private Path data;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FOLDER",
            description = "With products.csv.gz, stores.csv.gz and lines.csv.gz.")
    private Path from;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "max",
            description =
                    "Times as fast as it was, all stores at once; as fast as it goes if not said.")
    private String speed;

    @Option(
            names = "--stores",
            paramLabel = "STORE",
            split = ",",
            description = "Only these, as stores.csv.gz calls them.")
    private List<String> stores;

    @Option(
            names = "--busiest",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Only so many of these, those with most baskets.")
    private int busiest;

    @Option(
            names = "--days",
            paramLabel = "FIRST..LAST",
            defaultValue = "..",
            description = "Only these days, such as 2011-01-01..2011-01-31.")
    private String days;

    @Option(
            names = "--all-articles",
            description = "HQ sends all articles to its stores, and not only those that are sold.")
    private boolean allArticles;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "4",
            description = "Stores that are open at once; ${DEFAULT-VALUE} if not said.")
    private int atOnce;

    @Option(
            names = "--cut",
            paramLabel = "S:D",
            defaultValue = "",
            description =
                    "Cuts lines: 1/3:1/2 those of a third of the stores on half of their days.")
    private String cut;

    @Spec private CommandSpec spec;

    ReplayCommand() {
        // picocli fills these in before anything runs.
        data = Path.of("");
        from = Path.of("");
        speed = "";
        stores = List.of();
        days = "";
        cut = "";
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Replay.Plan plan = plan();
        Files.createDirectories(data);
        InstantSource clock = InstantSource.system();
        Outcome outcome;
        try {
            outcome =
                    new Replay(
                                    plan,
                                    new ReplayServers(clock),
                                    manager(),
                                    clock,
                                    Pacer.REAL,
                                    new Random(),
                                    line -> {
                                        out.println(line);
                                        out.flush();
                                    })
                            .run();
        } catch (ReplayException e) {
            throw new CannotStart(
                    String.valueOf(e.getMessage()), "see docs/replay.md for the format");
        }
        tell(outcome, out);
        out.flush();
        return outcome.differences().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void tell(Outcome outcome, PrintWriter out) {
        out.println();
        out.println("                   lines              amount, in minor units");
        row(out, "in the file", outcome.file());
        row(out, "sold", outcome.sold());
        row(out, "returned", outcome.returned());
        row(out, "listed", outcome.rejected());
        out.println();
        out.println(
                "%,d baskets in %,d stores; %,d of them now, in %d s: %.0f baskets/s"
                        .formatted(
                                outcome.baskets(),
                                outcome.stores(),
                                outcome.soldNow(),
                                outcome.took().toSeconds(),
                                outcome.soldNow()
                                        * 1000.0
                                        / Math.max(1, outcome.took().toMillis())));
        if (outcome.rejected().lines() > 0) {
            out.println("What is listed is in " + Replay.rejected(data));
        }
        List<String> differences = outcome.differences();
        if (differences.isEmpty()) {
            out.println("The file, the stores and HQ agree to the cent.");
            return;
        }
        out.println("%,d DIFFERENCES".formatted(differences.size()));
        differences.stream().limit(DIFFERENCES_SHOWN).forEach(it -> out.println("  " + it));
    }

    private static void row(PrintWriter out, String what, Amounts amounts) {
        out.println("  %-12s %,12d %,23d".formatted(what, amounts.lines(), amounts.amount()));
    }

    private Replay.Plan plan() {
        require(busiest >= 1, "--busiest is 1 or more");
        require(
                atOnce >= 1 && atOnce <= Replay.AT_ONCE_MAX,
                "--at-once is from 1 to " + Replay.AT_ONCE_MAX);
        double times = times();

        return new Replay.Plan(
                data,
                from,
                stores == null ? List.of() : stores,
                busiest,
                days(),
                allArticles,
                times,
                atOnce,
                cut.isEmpty()
                        ? Cut.NONE
                        : Cut.of(cut)
                                .orElseThrow(() ->
                                        wrong(
                                                "--cut is the share of stores and of their days, such as 1/3:1/2")));
    }

    /// @return 0 for as fast as it goes
    private double times() {
        if (speed.equals("max")) {
            return 0;
        }
        require(speed.matches("\\d{1,7}(\\.\\d{1,3})?"), "--speed is a number above 0, or max");
        double times = Double.parseDouble(speed);
        require(times > 0, "--speed is a number above 0, or max");
        return times;
    }

    private Days days() {
        String[] ends = days.split("\\.\\.", -1);
        try {
            require(ends.length == 2, "--days is FIRST..LAST");
            return new Days(
                    ends[0].isEmpty() ? Days.ALL.first() : LocalDate.parse(ends[0]),
                    ends[1].isEmpty() ? Days.ALL.last() : LocalDate.parse(ends[1]));
        } catch (DateTimeException e) {
            throw wrong("--days is such as 2011-01-01..2011-01-31: " + e.getMessage());
        }
    }

    /// The same each time, for wrong tries lock people out.
    private Manager manager() {
        Path file = data.resolve("manager.json");
        @Nullable JsonObject known = SecretFile.read(file).map(JsonObject::parse).orElse(null);
        if (known != null) {
            return new Manager(known.text("person"), known.text("pin"));
        }
        Manager made = Manager.of(new SecureRandom());
        SecretFile.write(
                file,
                JsonObject.empty().with("person", made.person()).with("pin", made.pin()).write());
        return made;
    }

    private void require(boolean proper, String what) {
        if (!proper) {
            throw wrong(what);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
