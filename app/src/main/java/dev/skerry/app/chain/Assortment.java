package dev.skerry.app.chain;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Code;
import dev.skerry.language.catalog.Article.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The goods of the example chain: the ranges in `assortment.txt`, of each a part that the seed chooses.
final class Assortment {

    private static final int SKU_FIRST = 100_001;
    private static final int PLU_FIRST = 1_001;
    private static final int FIELDS = 8;
    private static final int ABBREVIATED_LENGTH = 7;
    private static final Set<String> DEAR = Set.of("Premium", "Reserve", "Aged", "Dry-aged");

    private final Random random;
    private final Gtins gtins;
    private final LocalDate today;
    private final Set<String> names = new HashSet<>();
    private final Set<String> receiptNames = new HashSet<>();
    private final List<Ware> wares = new ArrayList<>();
    private int nextSku = SKU_FIRST;
    private int nextPlu = PLU_FIRST;

    private Assortment(long seed, LocalDate today, Gtins gtins) {
        this.random = new Random(seed);
        this.today = today;
        this.gtins = gtins;
    }

    /// A line of the file.
    private record Range(
            List<String> department,
            String tax,
            int count,
            Map<String, String> marks,
            List<String> brands,
            List<String> variants,
            List<String> products,
            List<Size> sizes) {}

    private record Size(String text, int cents) {}

    private record Choice(String brand, String variant, String product, Size size) {

        /// One piece, a pack of it or a kilogram needs no saying.
        String sizeInName() {
            return Set.of("each", "1 pack", "kg").contains(size.text) ? "" : size.text;
        }
    }

    /// @param wanted how many there are to be, if more than the ranges have: further ones like those
    static List<Ware> of(long seed, LocalDate today, Gtins gtins, int wanted) {
        Assortment assortment = new Assortment(seed, today, gtins);
        ranges().forEach(assortment::add);
        assortment.addMore(wanted);
        return assortment.wares;
    }

    /// Numbered ones of what comes in packages, at other prices.
    private void addMore(int wanted) {
        List<Ware> patterns =
                wares.stream()
                        .filter(it -> it.article().plu() == null && it.article().deposit() == null)
                        .toList();
        for (int number = 2; wares.size() < wanted; number++) {
            for (Ware pattern :
                    patterns.subList(0, Math.min(patterns.size(), wanted - wares.size()))) {
                wares.add(numbered(pattern, number));
            }
        }
    }

    private Ware numbered(Ware pattern, int number) {
        Article like = pattern.article();
        String suffix = " no. " + number;
        int room = Article.RECEIPT_NAME_LENGTH_MAX - suffix.length();
        String shorter = like.receiptName();
        Draft draft =
                Article.draft(
                                new Sku(String.valueOf(nextSku++)),
                                like.name() + suffix,
                                like.taxCategory(),
                                like.department().toArray(new String[0]))
                        .receiptName(
                                shorter.substring(0, Math.min(shorter.length(), room)).strip()
                                        + suffix)
                        .brand(like.brand())
                        .size(like.size())
                        .codes(List.of(new Code(gtins.next(String.valueOf(like.brand())), 1)))
                        .tags(like.tags())
                        .allergens(like.allergens())
                        .ageMin(like.ageMin());
        long cents = Ware.charming(pattern.cents() * (80 + random.nextInt(60)) / 100);
        return new Ware(draft.article(), cents, false);
    }

    // ---- the file

    private static List<Range> ranges() {
        try (InputStream in =
                Objects.requireNonNull(
                        Assortment.class.getResourceAsStream("assortment.txt"),
                        "assortment.txt is part of the program")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Assortment::range)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Range range(String line) {
        List<String> fields = split(line, '|');
        if (fields.size() != FIELDS) {
            throw new IllegalStateException("a range has " + FIELDS + " fields: " + line);
        }
        Map<String, String> marks = new HashMap<>();
        for (String mark : split(fields.get(3), ' ')) {
            int equals = mark.indexOf('=');
            marks.put(
                    equals < 0 ? mark : mark.substring(0, equals),
                    equals < 0 ? "" : mark.substring(equals + 1));
        }
        return new Range(
                split(fields.get(0), '/'),
                fields.get(1),
                Integer.parseInt(fields.get(2)),
                marks,
                split(fields.get(4), ','),
                split(fields.get(5), ','),
                split(fields.get(6), ','),
                split(fields.get(7), ',').stream().map(Assortment::size).toList());
    }

    private static Size size(String text) {
        int equals = text.indexOf('=');
        return new Size(
                text.substring(0, equals),
                new BigDecimal(text.substring(equals + 1)).movePointRight(2).intValueExact());
    }

    private static List<String> split(String text, char by) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(java.util.regex.Pattern.quote(String.valueOf(by)), -1)) {
            parts.add(part.strip());
        }
        return parts;
    }

    // ---- choosing

    private void add(Range range) {
        List<Choice> all = new ArrayList<>();
        for (String brand : range.brands) {
            for (String product : range.products) {
                for (String variant : range.variants) {
                    if (!saysTwice(brand, variant, product)) {
                        range.sizes.forEach(
                                size -> all.add(new Choice(brand, variant, product, size)));
                    }
                }
            }
        }
        Collections.shuffle(all, random);
        all.stream()
                .filter(choice -> names.add(name(choice)))
                .limit(range.count)
                .forEach(choice -> add(range, choice));
    }

    /// Harbour Organic Organic milk; Wheat beer Beer.
    private static boolean saysTwice(String brand, String variant, String product) {
        String small = variant.toLowerCase(Locale.ROOT);
        String what = product.toLowerCase(Locale.ROOT);
        return (isOrganic(brand) && isOrganic(variant))
                || (!variant.equals("-") && (what.contains(small) || small.contains(what)));
    }

    private static boolean isOrganic(String text) {
        return text.contains("Organic") || text.contains("Bio-");
    }

    private void add(Range range, Choice choice) {
        boolean weighed = range.marks.containsKey("weighed");
        boolean each = choice.size.text.equals("each");
        String size = choice.sizeInName();
        Draft draft =
                Article.draft(
                                new Sku(String.valueOf(nextSku++)),
                                name(choice),
                                range.tax,
                                range.department.toArray(new String[0]))
                        .receiptName(receiptName(choice))
                        .brand(choice.brand.equals("-") ? null : choice.brand)
                        .size(size.isEmpty() ? null : size)
                        .tags(tags(range, choice))
                        .allergens(list(range.marks.get("allergens")));
        boolean sober = choice.variant.equals("Alcohol-free");
        String age = range.marks.get("age");
        if (age != null && !sober) {
            draft.ageMin(Integer.parseInt(age));
        }
        String deposit = range.marks.get("deposit");
        if (deposit != null) {
            draft.deposit(new Sku(deposit), 1);
        }
        if (weighed) {
            draft.weighed();
        }
        if (weighed || (each && choice.brand.equals("-"))) {
            draft.plu(String.valueOf(nextPlu++));
        } else {
            draft.codes(codes(range, choice.brand));
        }
        if (range.department.contains("Flowers") || range.marks.containsKey("weighed")) {
            draft.notReturnable();
        }
        season(draft);
        wares.add(new Ware(draft.article(), price(choice), false));
    }

    private List<Code> codes(Range range, String brand) {
        List<Code> codes = new ArrayList<>();
        codes.add(new Code(gtins.next(brand), 1));
        String pack = range.marks.get("pack");
        if (pack != null) {
            codes.add(new Code(gtins.next(brand), Integer.parseInt(pack)));
        }
        return codes;
    }

    /// One in a hundred is new next week, and one in a hundred has gone.
    private void season(Draft draft) {
        int lot = random.nextInt(100);
        if (lot == 0) {
            draft.active(today.plusDays(1 + random.nextInt(14)).atStartOfDay(), null);
        } else if (lot == 1) {
            draft.active(null, today.minusDays(random.nextInt(60)).atStartOfDay());
        }
    }

    private static List<String> tags(Range range, Choice choice) {
        Set<String> tags = new LinkedHashSet<>(list(range.marks.get("tags")));
        if (choice.variant.equals("Alcohol-free")) {
            tags.remove("alcohol");
        }
        if (isOrganic(choice.brand) || isOrganic(choice.variant)) {
            tags.add("organic");
        }
        if (choice.variant.equals("Fairtrade")) {
            tags.add("fairtrade");
        }
        if (choice.variant.equals("Regional")) {
            tags.add("regional");
        }
        if (choice.brand.startsWith("Harbour")) {
            tags.add("own-brand");
        }
        return List.copyOf(tags);
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : split(text, ',');
    }

    private long price(Choice choice) {
        int percent = 100;
        if (choice.brand.startsWith("Harbour")) {
            percent = 80;
        } else if (!choice.brand.equals("-")) {
            // The same for a brand everywhere: some are dear.
            percent = 95 + Math.floorMod(choice.brand.hashCode(), 40);
        }
        if (isOrganic(choice.brand) || isOrganic(choice.variant)) {
            percent += 30;
        }
        if (DEAR.contains(choice.variant)) {
            percent += 60;
        }
        return Ware.charming(choice.size.cents * (long) (percent - 8 + random.nextInt(17)) / 100);
    }

    // ---- names

    private static String words(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            if (!part.isEmpty() && !part.equals("-")) {
                boolean first = name.isEmpty();
                name.append(first ? "" : " ").append(first ? capital(part) : part);
            }
        }
        return name.toString();
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String name(Choice choice) {
        return words(choice.brand, choice.variant, choice.product, choice.sizeInName());
    }

    /// As much as there is room for: without the brand if need be, and not what another article has.
    private String receiptName(Choice choice) {
        String size = choice.sizeInName();
        String brand = abbreviated(choice.brand);
        for (String name :
                List.of(
                        name(choice),
                        words(brand, choice.variant, choice.product, size),
                        words(choice.variant, choice.product, size),
                        words(brand, choice.product, size))) {
            if (name.length() <= Article.RECEIPT_NAME_LENGTH_MAX && receiptNames.add(name)) {
                return name;
            }
        }
        String longest = words(brand, choice.variant, choice.product);
        int room = Article.RECEIPT_NAME_LENGTH_MAX - size.length() - 1;
        return words(longest.substring(0, Math.min(longest.length(), room)).strip(), size);
    }

    private static String abbreviated(String brand) {
        String shorter = brand.replace("Harbour", "Hbr");
        return shorter.length() <= ABBREVIATED_LENGTH
                ? shorter
                : shorter.substring(0, ABBREVIATED_LENGTH - 1).strip() + ".";
    }
}
