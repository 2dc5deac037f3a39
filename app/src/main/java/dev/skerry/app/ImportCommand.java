package dev.skerry.app;

import dev.skerry.app.chain.FolderImport;
import dev.skerry.app.chain.FolderImport.Faulty;
import dev.skerry.app.chain.FolderImport.Imported;
import dev.skerry.app.chain.ImportException;
import dev.skerry.language.TimeOrderedIds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry import`: brings articles and prices of another system into an HQ, whether or not it is running.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Publishes the articles and prices in FOLDER: products.csv.gz, and stores.csv.gz for the currency.",
            "A thousand lines at a time, which are published together or not at all. Again, it publishes only what has changed.",
            "Ends with 1 if a line was faulty."
        },
        footer = {
            "",
            "products.csv: sku,gtin,name,department,category,brand,size,price",
            "stores.csv:   store,name,time_zone,currency,latitude,longitude",
            "UTF-8, a comma between fields, prices in minor units (249 for 2.49), blank for what is not known.",
            "Example: ./skerry import --data /var/lib/skerry-hq --from /srv/export"
        })
final class ImportCommand implements Callable<Integer> {

    private static final int FAULTY_SHOWN = 20;
    private static final int PROGRESS_EVERY = 10_000;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "HQ's data folder.")
    private Path data;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files are.")
    private Path from;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "Of the prices, such as EUR, where no stores.csv.gz says it.")
    private @Nullable String currency;

    @Option(
            names = "--skip-faulty",
            description =
                    "Leaves out faulty lines alone, and not the thousand that they are among.")
    private boolean skipFaulty;

    @Spec private CommandSpec spec;

    ImportCommand() {
        // picocli fills these in before anything runs.
        data = Path.of("");
        from = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        InstantSource clock = InstantSource.system();
        Optional<Currency> given = Optional.ofNullable(currency).map(this::parsed);
        Imported imported;
        try (HqPlace place = HqPlace.open(data, clock)) {
            imported =
                    new FolderImport(
                                    from,
                                    skipFaulty,
                                    clock,
                                    new TimeOrderedIds(clock, new SecureRandom()),
                                    new Progress(out))
                            .into(place, given);
        } catch (ImportException e) {
            throw new CannotStart(
                    String.valueOf(e.getMessage()), "see ./skerry import --help for the format");
        }
        out.println(
                "%,d products%s: %,d articles published, %,d as before; %,d prices published, %,d as before"
                        .formatted(
                                imported.products(),
                                imported.stores() == 0
                                        ? ""
                                        : ", for %,d stores".formatted(imported.stores()),
                                imported.articles().published(),
                                imported.articles().same(),
                                imported.prices().published(),
                                imported.prices().same()));
        out.flush();
        return imported.faultyLines() == 0 ? ExitCode.OK : faulty(imported);
    }

    private int faulty(Imported imported) {
        PrintWriter err = spec.commandLine().getErr();
        for (Faulty faulty : imported.faulty().stream().limit(FAULTY_SHOWN).toList()) {
            err.println(
                    "%s.csv, line %d: %s".formatted(faulty.file(), faulty.line(), faulty.why()));
        }
        err.println(
                "%,d lines are faulty%s; %,d products were left out (mend them and import again%s)"
                        .formatted(
                                imported.faultyLines(),
                                imported.faultyLines() > FAULTY_SHOWN
                                        ? ", of which these are the first"
                                        : "",
                                imported.leftOut(),
                                skipFaulty ? "" : ", or leave them out alone with --skip-faulty"));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    private Currency parsed(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--currency is a code of ISO 4217, not " + code, e);
        }
    }

    /// Says now and then how far it is.
    private static final class Progress implements java.util.function.Consumer<String> {

        private final PrintWriter out;
        private int told;

        Progress(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void accept(String soFar) {
            told++;
            if (told % (PROGRESS_EVERY / 1_000) == 0) {
                out.println("  " + soFar);
                out.flush();
            }
        }
    }
}
