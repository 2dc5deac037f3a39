package dev.skerry.hq.catalog;

import dev.skerry.context.Csv;
import dev.skerry.language.Gtin;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Unit;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An article as a row of a table: what a spreadsheet can say of one. Recipes, modifiers and substitutes stand in no column, and stay as
/// they are; so does what a column says that a table does not have.
final class ArticleRow {

    private static final String SKU = "sku";

    /// Which columns there may be.
    private static final List<Column> COLUMNS =
            List.of(
                    new Column(SKU, it -> it.sku().value()),
                    new Column("name", Article::name),
                    new Column("receipt_name", Article::receiptName),
                    new Column("department", Article::departmentPath),
                    new Column("brand", it -> text(it.brand())),
                    new Column("size", it -> text(it.size())),
                    new Column("codes", ArticleRow::codes),
                    new Column("plu", it -> text(it.plu())),
                    new Column("unit", it -> it.unit().name().toLowerCase(Locale.ROOT)),
                    new Column("weighed", it -> String.valueOf(it.weighed())),
                    new Column("tax_category", Article::taxCategory),
                    new Column("age_min", it -> text(it.ageMin())),
                    new Column("deposit", it -> deposit(it.deposit())),
                    new Column("discount_exempt", it -> String.valueOf(it.discountExempt())),
                    new Column("returnable", it -> String.valueOf(it.returnable())),
                    new Column("tags", it -> String.join(" ", it.tags())),
                    new Column("allergens", it -> String.join(" ", it.allergens())),
                    new Column("menu", it -> text(it.menu())),
                    new Column("station", it -> text(it.station())),
                    new Column("picture", it -> text(it.picture())),
                    new Column("active_from", it -> text(it.activeFrom())),
                    new Column("active_to", it -> text(it.activeTo())));

    private ArticleRow() {}

    /// @param of what an article has in it
    private record Column(String name, Function<Article, String> of) {}

    /// The first line of what is written.
    static String header() {
        return COLUMNS.stream().map(Column::name).collect(Collectors.joining(","));
    }

    static String line(Article article) {
        return COLUMNS.stream()
                .map(it -> Csv.field(it.of().apply(article)))
                .collect(Collectors.joining(","));
    }

    /// What is wrong with a first line; null if nothing is.
    static @Nullable String wrong(List<String> header) {
        List<String> strangers =
                header.stream()
                        .filter(it -> COLUMNS.stream().noneMatch(one -> one.name().equals(it)))
                        .distinct()
                        .toList();
        if (!strangers.isEmpty()) {
            return "there is no column %s; there are %s"
                    .formatted(String.join(", ", strangers), header());
        }
        if (!header.contains(SKU)) {
            return "a column sku is needed";
        }
        return header.stream().distinct().count() < header.size()
                ? "a column stands there twice"
                : null;
    }

    /// @throws IllegalArgumentException if it is none
    static Sku sku(List<String> header, List<String> fields) {
        return new Sku(fields.get(header.indexOf(SKU)));
    }

    /// What a row makes of an article.
    ///
    /// @param before null if it is new
    /// @param header without a fault
    /// @throws IllegalArgumentException saying what is wrong with the row
    static Article article(@Nullable Article before, List<String> header, List<String> fields) {
        Row row = new Row(header, fields);
        Sku sku = sku(header, fields);
        String name = row.said("name", before == null ? null : before.name());
        String receiptName =
                row.has("receipt_name")
                        ? row.text("receipt_name")
                        : before != null && before.name().equals(name) ? before.receiptName() : "";
        return new Article(
                sku,
                name,
                receiptName.isEmpty() ? shorter(name) : receiptName,
                row.has("department") || before == null
                        ? List.of(row.said("department", before == null ? null : "").split("/", -1))
                        : before.department(),
                row.optional("brand", before == null ? null : before.brand()),
                row.optional("size", before == null ? null : before.size()),
                row.has("codes")
                        ? codes(row.text("codes"))
                        : before == null ? List.of() : before.codes(),
                row.optional("plu", before == null ? null : before.plu()),
                row.has("unit")
                        ? unit(row.text("unit"))
                        : before == null ? Unit.PIECE : before.unit(),
                row.flag("weighed", before != null && before.weighed()),
                row.said("tax_category", before == null ? null : before.taxCategory()),
                row.number("age_min", before == null ? null : before.ageMin()),
                row.has("deposit")
                        ? deposit(row.text("deposit"))
                        : before == null ? null : before.deposit(),
                row.flag("discount_exempt", before != null && before.discountExempt()),
                row.flag("returnable", before == null || before.returnable()),
                row.words("tags", before == null ? List.of() : before.tags()),
                row.words("allergens", before == null ? List.of() : before.allergens()),
                before == null ? List.of() : before.recipe(),
                before == null ? List.of() : before.modifiers(),
                before == null ? List.of() : before.substitutes(),
                row.optional("menu", before == null ? null : before.menu()),
                row.optional("station", before == null ? null : before.station()),
                row.optional("picture", before == null ? null : before.picture()),
                row.time("active_from", before == null ? null : before.activeFrom()),
                row.time("active_to", before == null ? null : before.activeTo()));
    }

    private static String shorter(String name) {
        return name.substring(0, Math.min(name.length(), Article.RECEIPT_NAME_LENGTH_MAX)).strip();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /// `4006381333931 4006381333948*6`: a package of six has the second.
    private static String codes(Article article) {
        return article.codes().stream()
                .map(it ->
                        it.gtin().digits().replaceFirst("^0{1,6}", "")
                                + (it.units() == 1 ? "" : "*" + it.units()))
                .collect(Collectors.joining(" "));
    }

    private static List<Article.Code> codes(String text) {
        List<Article.Code> all = new ArrayList<>();
        for (String one : words(text)) {
            int star = one.indexOf('*');
            all.add(
                    star < 0
                            ? new Article.Code(gtin(one), 1)
                            : new Article.Code(
                                    gtin(one.substring(0, star)),
                                    count("codes", one.substring(star + 1))));
        }
        return all;
    }

    /// Whoever has lost its zeros in a spreadsheet gets them back.
    private static Gtin gtin(String digits) {
        return Gtin.parse(
                digits.matches("\\d{9,11}") ? "0".repeat(12 - digits.length()) + digits : digits);
    }

    /// `DEP25*1`.
    private static String deposit(Article.@Nullable Deposit deposit) {
        return deposit == null ? "" : deposit.sku() + "*" + deposit.count();
    }

    private static Article.@Nullable Deposit deposit(String text) {
        if (text.isEmpty()) {
            return null;
        }
        int star = text.lastIndexOf('*');
        return star < 0
                ? new Article.Deposit(new Sku(text), 1)
                : new Article.Deposit(
                        new Sku(text.substring(0, star)),
                        count("deposit", text.substring(star + 1)));
    }

    private static int count(String column, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + ": \"" + text + "\" is no number", e);
        }
    }

    private static Unit unit(String text) {
        return Arrays.stream(Unit.values())
                .filter(it -> it.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unit: \"%s\" is none of piece, kilogram, litre, metre"
                                        .formatted(text)));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(it -> !it.isEmpty()).toList();
    }

    /// @param fields as many as the header has
    private record Row(List<String> header, List<String> fields) {

        Row {
            if (fields.size() != header.size()) {
                throw new IllegalArgumentException(
                        "%d fields, not %d".formatted(header.size(), fields.size()));
            }
        }

        boolean has(String column) {
            return header.contains(column);
        }

        String text(String column) {
            return fields.get(header.indexOf(column)).strip();
        }

        /// @param before null if the column has to be there
        String said(String column, @Nullable String before) {
            if (has(column)) {
                return text(column);
            }
            if (before == null) {
                throw new IllegalArgumentException(
                        "the article is new: a column %s is needed".formatted(column));
            }
            return before;
        }

        @Nullable String optional(String column, @Nullable String before) {
            if (!has(column)) {
                return before;
            }
            String text = text(column);
            return text.isEmpty() ? null : text;
        }

        boolean flag(String column, boolean before) {
            if (!has(column)) {
                return before;
            }
            return switch (text(column).toLowerCase(Locale.ROOT)) {
                case "true", "yes", "1" -> true;
                case "false", "no", "0" -> false;
                default ->
                        throw new IllegalArgumentException(
                                column + ": \"" + text(column) + "\" is neither true nor false");
            };
        }

        @Nullable Integer number(String column, @Nullable Integer before) {
            String text = optional(column, before == null ? null : before.toString());
            return text == null ? null : (Integer) count(column, text);
        }

        List<String> words(String column, List<String> before) {
            return has(column) ? ArticleRow.words(text(column)) : before;
        }

        @Nullable LocalDateTime time(String column, @Nullable LocalDateTime before) {
            String text = optional(column, before == null ? null : before.toString());
            try {
                return text == null ? null : LocalDateTime.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "%s: \"%s\" is no local time such as 2026-03-01T00:00"
                                .formatted(column, text),
                        e);
            }
        }
    }
}
