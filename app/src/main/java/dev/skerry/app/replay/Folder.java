package dev.skerry.app.replay;

import dev.skerry.context.Csv;
import dev.skerry.language.Quantity;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `stores.csv.gz`, `lines.csv.gz` and `totals.csv` of a folder, each row as it is: what is wrong with a line is said, and nothing
/// mended. For one thread.
final class Folder {

    /// They are held in memory, half a kilobyte each.
    static final int LINES_MAX = 5_000_000;

    static final String LINES_HEADER =
            "time,store,till,basket,line,sku,quantity,unit_price,discount,coupon,amount,customer,kind";

    private static final String STORES_HEADER = "store,name,time_zone,currency,latitude,longitude";
    private static final String TOTALS_HEADER =
            "store,baskets,return_baskets,lines,return_lines,gross,discount,coupon,amount";
    private static final Pattern MINOR = Pattern.compile("-?\\d{1,12}");
    private static final int STORE_ID_LENGTH_MAX = 12;
    private static final int FIELDS = LINES_HEADER.split(",", -1).length;

    private final Path folder;

    Folder(Path folder) {
        this.folder = folder;
    }

    // ---- stores

    /// By the name that the folder has for them.
    ///
    /// @throws ReplayException if a store cannot be read: without its currency and time zone nothing can be sold there
    Map<String, Site> stores() {
        Map<String, Site> all = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        rows(
                "stores",
                STORES_HEADER,
                row -> {
                    List<String> fields = row.fields();
                    try {
                        if (row.wrong() != null || fields.size() != 6 || fields.get(0).isBlank()) {
                            throw new IllegalArgumentException("it has other fields");
                        }
                        Site site =
                                new Site(
                                        fields.get(0),
                                        id(fields.get(0), ids),
                                        fields.get(1).isBlank() ? fields.get(0) : fields.get(1),
                                        ZoneId.of(fields.get(2)),
                                        Currency.getInstance(fields.get(3)));
                        if (all.put(site.source(), site) != null) {
                            throw new IllegalArgumentException("it is there twice");
                        }
                    } catch (IllegalArgumentException | DateTimeException e) {
                        throw new ReplayException(
                                "stores, line %d: %s".formatted(row.line(), e.getMessage()));
                    }
                });
        return all;
    }

    /// A chain's numbers have small letters and digits alone, 12 at most: `united-kingdom` becomes `unitedkingdo`.
    private static String id(String source, Set<String> taken) {
        String plain = source.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z]", "");
        String id = plain.substring(0, Math.min(plain.length(), STORE_ID_LENGTH_MAX));
        for (int nth = 2; id.isEmpty() || !taken.add(id); nth++) {
            String end = String.valueOf(nth);
            id =
                    plain.substring(0, Math.min(plain.length(), STORE_ID_LENGTH_MAX - end.length()))
                            + end;
        }
        return id;
    }

    // ---- lines

    /// @param known the stores
    /// @param lines is told of each that can be read, in the order of the file
    /// @param rejected is told of each that cannot
    void lines(Map<String, Site> known, Consumer<SourceLine> lines, Consumer<Rejected> rejected) {
        long[] count = {0};
        rows(
                "lines",
                LINES_HEADER,
                row -> {
                    count[0]++;
                    if (count[0] > LINES_MAX) {
                        throw new ReplayException("at most " + LINES_MAX + " lines");
                    }
                    try {
                        lines.accept(line(row, count[0], known));
                    } catch (IllegalArgumentException | DateTimeException e) {
                        rejected.accept(
                                new Rejected(
                                        count[0],
                                        row.fields().size() > 1 ? row.fields().get(1) : "",
                                        amount(row.fields()),
                                        padded(row.fields()),
                                        "cannot be read: " + e.getMessage()));
                    }
                });
    }

    private static SourceLine line(Csv.Row row, long number, Map<String, Site> known) {
        List<String> fields = row.fields();
        String wrong = row.wrong();
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "%d fields, not %d".formatted(fields.size(), FIELDS));
        }
        String store = text("store", fields.get(1));
        if (!known.containsKey(store)) {
            throw new IllegalArgumentException("store " + store + " is not in stores");
        }
        String kind = fields.get(12);
        if (!kind.equals("sale") && !kind.equals("return")) {
            throw new IllegalArgumentException("a line is a sale or a return, not " + kind);
        }
        return new SourceLine(
                number,
                LocalDateTime.parse(fields.get(0).replace(' ', 'T')),
                store,
                fields.get(2).isBlank() ? "1" : fields.get(2),
                text("basket", fields.get(3)),
                text("line", fields.get(4)),
                fields.get(5),
                quantity(fields.get(6)),
                minor("unit_price", fields.get(7), false),
                minor("discount", fields.get(8), true),
                minor("coupon", fields.get(9), true),
                minor("amount", fields.get(10), false),
                kind.equals("return"),
                fields);
    }

    private static String text(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        return text;
    }

    private static Quantity quantity(String text) {
        try {
            return Quantity.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no quantity", e);
        }
    }

    private static long minor(String what, String text, boolean mayBeBlank) {
        if (text.isEmpty() && mayBeBlank) {
            return 0;
        }
        if (!MINOR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s is a whole number of minor units, not \"%s\"".formatted(what, text));
        }
        return Long.parseLong(text);
    }

    /// What can be read of it, for the sum of what is not sold.
    private static long amount(List<String> fields) {
        return fields.size() == FIELDS && MINOR.matcher(fields.get(10)).matches()
                ? Long.parseLong(fields.get(10))
                : 0;
    }

    private static List<String> padded(List<String> fields) {
        List<String> all = new ArrayList<>(fields.subList(0, Math.min(FIELDS, fields.size())));
        while (all.size() < FIELDS) {
            all.add("");
        }
        return all;
    }

    // ---- products

    /// Writes a folder of the same format that has the same stores, and of the products only those.
    void narrow(Path to, Predicate<String> skus) {
        try {
            Files.createDirectories(to);
            copy("stores", to, _ -> true);
            copy("products", to, skus);
        } catch (IOException e) {
            throw new ReplayException("cannot write " + to + ": " + e.getMessage());
        }
    }

    private void copy(String name, Path to, Predicate<String> first) throws IOException {
        require(name);
        try (BufferedReader in = Csv.open(folder, name);
                BufferedWriter out = Files.newBufferedWriter(to.resolve(name + ".csv"))) {
            Csv csv = new Csv(in);
            boolean header = true;
            for (Csv.Row row = csv.next(); row != null; row = csv.next()) {
                if (header || first.test(row.fields().getFirst())) {
                    out.write(Rejected.csv(row.fields()) + "\n");
                }
                header = false;
            }
        }
    }

    // ---- totals

    /// What the folder says that its lines come to.
    record Total(long baskets, long lines, long backLines, long amount) {}

    /// By store; empty if the folder has none. The last, `*`, is of all.
    Map<String, Total> totals() {
        if (!has("totals")) {
            return Map.of();
        }
        Map<String, Total> all = new LinkedHashMap<>();
        rows(
                "totals",
                TOTALS_HEADER,
                row -> {
                    try {
                        List<String> fields = row.fields();
                        all.put(
                                fields.get(0),
                                new Total(
                                        Long.parseLong(fields.get(1)),
                                        Long.parseLong(fields.get(3)),
                                        Long.parseLong(fields.get(4)),
                                        Long.parseLong(fields.get(8))));
                    } catch (IndexOutOfBoundsException | NumberFormatException e) {
                        throw new ReplayException(
                                "totals, line %d: %s".formatted(row.line(), e.getMessage()));
                    }
                });
        return all;
    }

    // ---- files

    private boolean has(String name) {
        return Files.exists(folder.resolve(name + ".csv.gz"))
                || Files.exists(folder.resolve(name + ".csv"));
    }

    private void require(String name) {
        if (!has(name)) {
            throw new ReplayException("there is no " + name + ".csv.gz in " + folder);
        }
    }

    private void rows(String name, String header, Consumer<Csv.Row> rows) {
        require(name);
        try (BufferedReader in = Csv.open(folder, name)) {
            Csv csv = new Csv(in);
            Csv.@Nullable Row first = csv.next();
            if (first == null || !String.join(",", first.fields()).equals(header)) {
                throw new ReplayException(
                        "the first line of %s is to be %s".formatted(name, header));
            }
            for (Csv.Row row = csv.next(); row != null; row = csv.next()) {
                rows.accept(row);
            }
        } catch (IOException e) {
            throw new ReplayException(
                    "cannot read %s in %s: %s".formatted(name, folder, e.getMessage()));
        }
    }
}
