package dev.skerry.app;

import dev.skerry.app.chain.Chain;
import dev.skerry.app.chain.Publisher;
import dev.skerry.app.chain.ReferenceStream;
import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.language.TimeOrderedIds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry generate`: fills an HQ with an example chain, whether or not it is running.
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fills an HQ with an example chain: groceries with a café, about 5,000 articles, prices, promotions, customers and staff.",
            "The same seed, day and number of stores make the same chain. Again, it publishes only what has changed."
        },
        footer = {"", "Example: ./skerry generate --data /var/lib/skerry-hq --seed 7"})
final class GenerateCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "HQ's data folder.")
    private Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which chain; ${DEFAULT-VALUE} if not said.")
    private long seed;

    @Option(
            names = "--stores",
            paramLabel = "N",
            defaultValue = "12",
            description =
                    "For how many stores it has prices and staff; ${DEFAULT-VALUE} if not said.")
    private int stores;

    @Option(
            names = "--articles",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "At least so many articles, to see how a store bears it; the example has 5,000.")
    private int articles;

    @Option(
            names = "--promotions",
            paramLabel = "N",
            defaultValue = "0",
            description = "At least so many promotions; the example has 300.")
    private int promotions;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "" + Chain.CUSTOMERS,
            description = "So many customers; ${DEFAULT-VALUE} if not said.")
    private int customers;

    @Option(
            names = "--date",
            paramLabel = "DAY",
            description = "After which prices will change; this week's Monday if not said.")
    private @Nullable LocalDate date;

    @Spec private CommandSpec spec;

    GenerateCommand() {
        // picocli fills these in before anything runs.
        data = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        InstantSource clock = InstantSource.system();
        TimeOrderedIds ids = new TimeOrderedIds(clock, new SecureRandom());
        LocalDate day =
                date == null
                        ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault())
                                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        : date;
        if (stores < 1 || stores > Chain.STORES_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--stores is from 1 to " + Chain.STORES_MAX);
        }
        requireUpTo(Chain.ARTICLES_MAX, "--articles", articles);
        requireUpTo(Chain.PROMOTIONS_MAX, "--promotions", promotions);
        requireUpTo(Chain.CUSTOMERS_MAX, "--customers", customers);
        try (HqPlace place = HqPlace.open(data, clock)) {
            Chain chain =
                    Chain.of(seed, day, stores, new Chain.Size(articles, promotions, customers));
            out.println("Harbour Markets, seed %d, as of %s".formatted(seed, day));
            new Publishing(place, clock, ids, out).all(chain);
            Shop first = chain.shops().getFirst();
            out.println();
            out.println(
                    "Its stores are %s to %s. To let the first one join:"
                            .formatted(first.id(), chain.shops().getLast().id()));
            out.println(
                    "  ./skerry hq store add %s \"%s\" --zone %s --data %s"
                            .formatted(first.id(), first.name(), first.zone(), data));
            out.println(
                    "Staff sign on with their number and, as PIN, that number backwards: manager 1001, cashier 1003 (3001).");
            out.flush();
        }
        return 0;
    }

    private void requireUpTo(int max, String option, int value) {
        if (value < 0 || value > max) {
            throw new ParameterException(
                    spec.commandLine(), "%s is from 0 to %,d".formatted(option, max));
        }
    }

    /// Brings a chain into HQ's streams.
    private record Publishing(
            HqPlace place, InstantSource clock, TimeOrderedIds ids, PrintWriter out) {

        void all(Chain chain) {
            publish(ReferenceStream.TAXES, chain.taxes());
            publish(ReferenceStream.STAFF, chain.staff());
            publish(ReferenceStream.CATALOG, chain.catalog());
            publish(ReferenceStream.PRICES, chain.prices());
            publish(ReferenceStream.PROMOTIONS, chain.promotions());
            publish(ReferenceStream.CUSTOMERS, chain.customers());
        }

        private <E> void publish(ReferenceStream<E> stream, List<E> events) {
            Publisher<E> publisher = new Publisher<>(place, stream, clock, ids);
            publisher.publish(events);
            publisher.flush();
            out.println(
                    "  %-12s %,7d published, %,7d as before"
                            .formatted(
                                    stream.shortName(),
                                    publisher.published().published(),
                                    publisher.published().same()));
            out.flush();
        }
    }
}
