package dev.skerry.app.chain;

import static java.util.Objects.requireNonNull;

import dev.skerry.app.chain.Publisher.Published;
import dev.skerry.context.Csv;
import dev.skerry.language.Gtin;
import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.Place;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Brings articles and prices of another system into HQ's streams, from a folder with `products.csv.gz` and, if it is there, `stores.csv.gz`
/// (or either without `.gz`). For one thread.
///
/// Products are read a thousand lines at a time. Such a batch is published if all its lines are right, and else left out as a whole, unless
/// faulty lines are to be left out alone. What the streams say already is not published again, so an import can be repeated until no line is
/// faulty.
///
/// A product becomes an article sold by the piece, its price one of the chain's without an end. Articles are of a tax category of their own,
/// which bears no tax: what the folder says a product costs is what it costs.
public final class FolderImport {

    /// More faulty lines than this are counted, and not told.
    public static final int FAULTY_TOLD_MAX = 1_000;

    /// More products than any retailer has; their numbers are held in memory.
    public static final int PRODUCTS_MAX = 2_000_000;

    private static final int LINES_IN_BATCH = ReferencePlace.BATCH_EVENTS_MAX;
    private static final String PRODUCTS_HEADER =
            "sku,gtin,name,department,category,brand,size,price";
    private static final String STORES_HEADER = "store,name,time_zone,currency,latitude,longitude";
    private static final String TAX_CATEGORY = "imported";
    private static final LocalDate BEGIN = LocalDate.of(2000, 1, 1);

    /// A line that could not be taken.
    public record Faulty(String file, long line, String why) {}

    /// What came of it.
    ///
    /// @param products how many lines there were
    /// @param faulty the first of them
    /// @param faultyLines how many there were in all
    /// @param leftOut how many lines were not published: those that are faulty, or share a batch with such
    /// @param stores how many the folder lists
    public record Imported(
            long products,
            List<Faulty> faulty,
            long faultyLines,
            long leftOut,
            long stores,
            Optional<Currency> currency,
            Published articles,
            Published prices) {}

    private final Path folder;
    private final boolean leaveOutFaultyAlone;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Consumer<String> progress;

    private final List<Faulty> faulty = new ArrayList<>();
    private long faultyLines;
    private final Map<String, Long> lineOfSku = new HashMap<>();

    /// @param leaveOutFaultyAlone a faulty line does not keep the others of its batch out
    /// @param progress is told now and then how far this is
    public FolderImport(
            Path folder,
            boolean leaveOutFaultyAlone,
            InstantSource clock,
            TimeOrderedIds ids,
            Consumer<String> progress) {
        this.folder = requireNonNull(folder, "folder");
        this.leaveOutFaultyAlone = leaveOutFaultyAlone;
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.progress = requireNonNull(progress, "progress");
    }

    /// @param currency of the prices, where the folder's stores do not say it
    /// @throws ImportException if the folder is not in the format, or its stores have several currencies
    /// @throws dev.skerry.stream.StreamException if the machine failed; what was told as progress is published
    public Imported into(ReferencePlace place, Optional<Currency> currency) {
        Stores stores = stores();
        Optional<Currency> paid = stores.currency.isPresent() ? stores.currency : currency;
        Publisher<CatalogEvent> articles =
                new Publisher<>(place, ReferenceStream.CATALOG, clock, ids);
        Publisher<PriceEvent> prices = new Publisher<>(place, ReferenceStream.PRICES, clock, ids);
        Publisher<TaxEvent> taxes = new Publisher<>(place, ReferenceStream.TAXES, clock, ids);
        taxes.publish(
                new TaxRateSet(TAX_CATEGORY, null, BEGIN, "No tax", "-", Percent.of(0), true));
        taxes.flush();
        long products = 0;
        long leftOut = 0;
        try (BufferedReader in = open("products")) {
            Csv csv = header("products", in, PRODUCTS_HEADER);
            List<Product> batch = new ArrayList<>();
            long lines = 0;
            long faultyBefore = faultyLines;
            boolean more = true;
            while (more) {
                Csv.Row row = csv.next();
                more = row != null;
                if (row != null) {
                    lines++;
                    product(row, paid).ifPresent(batch::add);
                    if (products + lines > PRODUCTS_MAX) {
                        throw new ImportException("at most " + PRODUCTS_MAX + " products");
                    }
                }
                if (lines == LINES_IN_BATCH || (!more && lines > 0)) {
                    if (faultyLines == faultyBefore || leaveOutFaultyAlone) {
                        for (Product product : batch) {
                            articles.publish(new ArticleChanged(product.article));
                            product.price.ifPresent(prices::publish);
                        }
                        articles.flush();
                        prices.flush();
                        leftOut += lines - batch.size();
                    } else {
                        leftOut += lines;
                    }
                    products += lines;
                    progress.accept("%,d products".formatted(products));
                    batch.clear();
                    lines = 0;
                    faultyBefore = faultyLines;
                }
            }
        } catch (CharacterCodingException e) {
            throw new ImportException(
                    "products is not in UTF-8, after %,d lines".formatted(products));
        } catch (IOException e) {
            throw new ImportException("cannot read products in " + folder + ": " + e.getMessage());
        }
        return new Imported(
                products,
                List.copyOf(faulty),
                faultyLines,
                leftOut,
                stores.count,
                paid,
                articles.published(),
                prices.published());
    }

    // ---- files

    private boolean has(String name) {
        return Files.exists(folder.resolve(name + ".csv.gz"))
                || Files.exists(folder.resolve(name + ".csv"));
    }

    private BufferedReader open(String name) throws IOException {
        if (!has(name)) {
            throw new ImportException("there is no " + name + ".csv.gz in " + folder);
        }
        return Csv.open(folder, name);
    }

    private static Csv header(String name, BufferedReader in, String expected) throws IOException {
        Csv csv = new Csv(in);
        Csv.Row header = csv.next();
        if (header == null || !String.join(",", header.fields()).equals(expected)) {
            throw new ImportException("the first line of %s is to be %s".formatted(name, expected));
        }
        return csv;
    }

    private void wrong(String file, long line, String why) {
        faultyLines++;
        if (faulty.size() < FAULTY_TOLD_MAX) {
            faulty.add(new Faulty(file, line, why));
        }
    }

    // ---- stores

    private record Stores(long count, Optional<Currency> currency) {}

    private Stores stores() {
        if (!has("stores")) {
            return new Stores(0, Optional.empty());
        }
        Set<Currency> currencies = new HashSet<>();
        long count = 0;
        try (BufferedReader in = open("stores")) {
            Csv csv = header("stores", in, STORES_HEADER);
            for (Csv.Row row = csv.next(); row != null; row = csv.next()) {
                try {
                    List<String> fields = fields(row, STORES_HEADER);
                    requireText("store", fields.get(0));
                    requireZone(fields.get(2));
                    currencies.add(Currency.getInstance(fields.get(3)));
                    count++;
                } catch (IllegalArgumentException e) {
                    wrong("stores", row.line(), String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw new ImportException("cannot read stores in " + folder + ": " + e.getMessage());
        }
        if (currencies.size() > 1) {
            throw new ImportException(
                    "the stores pay in several currencies, and a product has one price: "
                            + currencies);
        }
        return new Stores(count, currencies.stream().findFirst());
    }

    private static void requireZone(String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new IllegalArgumentException("no time zone of the IANA database: " + zone);
        }
    }

    // ---- products

    private record Product(Article article, Optional<PriceEvent> price) {}

    private Optional<Product> product(Csv.Row row, Optional<Currency> currency) {
        try {
            List<String> fields = fields(row, PRODUCTS_HEADER);
            Sku sku = new Sku(fields.get(0));
            Long before = lineOfSku.putIfAbsent(sku.value(), row.line());
            if (before != null) {
                throw new IllegalArgumentException(
                        "sku %s is on line %d already".formatted(sku, before));
            }
            Article.Draft draft =
                    Article.draft(sku, name(fields.get(2), sku), TAX_CATEGORY, department(fields))
                            .brand(optional(fields.get(5)))
                            .size(optional(fields.get(6)));
            if (!fields.get(1).isEmpty()) {
                draft.gtin(Gtin.parse(fields.get(1)));
            }
            return Optional.of(new Product(draft.article(), price(sku, fields.get(7), currency)));
        } catch (IllegalArgumentException e) {
            wrong("products", row.line(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<String> fields(Csv.Row row, String header) {
        String wrong = row.wrong();
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        int expected = header.split(",", -1).length;
        if (row.fields().size() != expected) {
            throw new IllegalArgumentException(
                    "%d fields, not %d".formatted(expected, row.fields().size()));
        }
        return row.fields();
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
    }

    /// A blank field means that it is not known.
    private static @org.jspecify.annotations.Nullable String optional(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static String name(String name, Sku sku) {
        return name.isBlank() ? "Article " + sku : name.strip();
    }

    /// In our paths a slash parts one department from the next.
    private static String[] department(List<String> fields) {
        String department = fields.get(3).strip().replace('/', '-');
        String category = fields.get(4).strip().replace('/', '-');
        if (department.isEmpty() && category.isEmpty()) {
            return new String[] {"Other"};
        }
        return department.isEmpty()
                ? new String[] {category}
                : category.isEmpty()
                        ? new String[] {department}
                        : new String[] {department, category};
    }

    private static Optional<PriceEvent> price(Sku sku, String text, Optional<Currency> currency) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,12}")) {
            throw new IllegalArgumentException(
                    "a price is a whole number of minor units, not " + text);
        }
        Currency paid =
                currency.orElseThrow(() ->
                        new ImportException(
                                "in which currency are the prices? There is no stores.csv.gz that says it: give --currency"));
        LocalDateTime from = BEGIN.atStartOfDay();
        return Optional.of(
                new PriceSet(
                        "I-" + sku,
                        new Place(sku, Level.CHAIN, null, from, 0),
                        new Money(Long.parseLong(text), paid),
                        Unit.PIECE,
                        null));
    }
}
