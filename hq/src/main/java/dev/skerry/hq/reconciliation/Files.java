package dev.skerry.hq.reconciliation;

import dev.skerry.language.Money;
import dev.skerry.language.reconciliation.ReconciliationEvent.BankLine;
import dev.skerry.language.reconciliation.ReconciliationEvent.SettledLine;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what processors and banks send: CSV in UTF-8 (RFC 4180) with a header; columns by name in any order, others are passed over;
/// ISO 8601 dates, amounts in major units with a point.
final class Files {

    static final int LINES_MAX = 200_000;
    static final int FIELD_LENGTH_MAX = 200;

    private static final List<String> SETTLEMENT =
            List.of("store", "reference", "batch", "date", "amount", "currency");

    private static final Pattern STORE = Pattern.compile("(store-)?([0-9a-z][0-9a-z-]{0,30})");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,3})?");

    /// The file is not what it should be. The message says in which line, and what is wrong.
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(long line, String what) {
            super("line %d: %s".formatted(line, what), null, false, false);
        }
    }

    private Files() {}

    /// By batch, in the order of the file.
    static Map<String, List<SettledLine>> settlement(String text) {
        Map<String, List<SettledLine>> batches = new LinkedHashMap<>();
        for (Row row : rows(text, SETTLEMENT)) {
            Money amount = row.money("amount");
            SettledLine line =
                    new SettledLine(
                            row.store("store"),
                            row.text("reference"),
                            amount,
                            row.has("fee") ? row.money("fee") : Money.zero(amount.currency()),
                            row.date("date"));
            batches.computeIfAbsent(row.text("batch"), _ -> new ArrayList<>()).add(line);
        }
        return batches;
    }

    static List<BankLine> statement(String text) {
        record Same(LocalDate date, Money amount, String batch) {}
        Map<Same, Integer> numbers = new HashMap<>();
        List<BankLine> lines = new ArrayList<>();
        for (Row row : rows(text, List.of("date", "amount", "currency", "reference"))) {
            Same same = new Same(row.date("date"), row.money("amount"), row.text("reference"));
            lines.add(
                    new BankLine(
                            same.date,
                            same.amount,
                            same.batch,
                            numbers.merge(same, 1, Integer::sum)));
        }
        return lines;
    }

    private record Row(long line, Map<String, Integer> columns, List<String> fields) {

        boolean has(String column) {
            Integer at = columns.get(column);
            return at != null && at < fields.size() && !fields.get(at).isBlank();
        }

        String text(String column) {
            if (!has(column)) {
                throw new Malformed(line, column + " is missing");
            }
            String text = fields.get(columns.getOrDefault(column, 0)).strip();
            if (text.length() > FIELD_LENGTH_MAX) {
                throw new Malformed(
                        line, "%s is longer than %d".formatted(column, FIELD_LENGTH_MAX));
            }
            return text;
        }

        /// `0042` or `store-0042`.
        String store(String column) {
            Matcher matcher = STORE.matcher(text(column));
            if (!matcher.matches()) {
                throw new Malformed(
                        line, "%s is a store as 0042, not \"%s\"".formatted(column, text(column)));
            }
            return "store-" + matcher.group(2);
        }

        LocalDate date(String column) {
            try {
                return LocalDate.parse(text(column));
            } catch (DateTimeException e) {
                throw new Malformed(
                        line,
                        "%s is a date as 2026-03-01, not \"%s\"".formatted(column, text(column)));
            }
        }

        Money money(String column) {
            Currency currency;
            try {
                currency = Currency.getInstance(text("currency"));
            } catch (IllegalArgumentException e) {
                throw new Malformed(
                        line, "\"%s\" is no currency of ISO 4217".formatted(text("currency")));
            }
            String amount = text(column);
            if (!AMOUNT.matcher(amount).matches()) {
                throw new Malformed(
                        line, "%s is an amount as 12.34, not \"%s\"".formatted(column, amount));
            }
            try {
                return Money.of(new BigDecimal(amount), currency);
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw new Malformed(
                        line, "%s has too many decimals for %s".formatted(amount, currency));
            }
        }
    }

    private static List<Row> rows(String text, List<String> needed) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<List<String>> parsed = parse(content);
        if (parsed.isEmpty()) {
            throw new Malformed(1, "the file is empty: a header names the columns");
        }
        Map<String, Integer> columns = new HashMap<>();
        List<String> header = parsed.getFirst();
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(header.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        for (String column : needed) {
            if (!columns.containsKey(column)) {
                throw new Malformed(
                        1,
                        "there is no column %s; needed are %s"
                                .formatted(column, String.join(", ", needed)));
            }
        }
        if (parsed.size() - 1 > LINES_MAX) {
            throw new Malformed(
                    LINES_MAX + 1L, "a file has at most %d lines: split it".formatted(LINES_MAX));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < parsed.size(); i++) {
            if (!parsed.get(i).stream().allMatch(String::isBlank)) {
                rows.add(new Row(i + 1L, columns, parsed.get(i)));
            }
        }
        return rows;
    }

    private static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    i++;
                }
                if (c == '"' && !doubled) {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                records.add(List.copyOf(fields));
                fields.clear();
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (quoted) {
            throw new Malformed(records.size() + 1L, "a quote is not closed");
        }
        if (!field.isEmpty() || !fields.isEmpty()) {
            fields.add(field.toString());
            records.add(List.copyOf(fields));
        }
        return records;
    }
}
