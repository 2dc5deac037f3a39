package dev.skerry.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Sides measured in turn, round after round, so that whatever else the machine does meets all of them. A first round warms
/// up and does not count. A ratio is the median of the ratios within each round.
public final class Comparison {

    /// Measures one figure.
    @FunctionalInterface
    public interface Measure {
        double run() throws Exception;
    }

    /// Measures several figures at once, in the order of their names.
    @FunctionalInterface
    public interface Measures {
        double[] run() throws Exception;
    }

    private record Side(List<String> names, Measures measures) {}

    private final String title;
    private final int rounds;
    private final List<Side> sides = new ArrayList<>();
    private final Map<String, List<Aim>> aims = new LinkedHashMap<>();
    private int warmUps = 1;

    /// @param title what is measured, and in which unit
    public Comparison(String title, int rounds) {
        this.title = title;
        this.rounds = rounds;
    }

    /// Adds a side. Aims can refer to any side, whatever the order.
    public Comparison side(String name, Measure measure, Aim... held) {
        aims.put(name, List.of(held));
        return sides(List.of(name), () -> new double[] {measure.run()});
    }

    public Comparison sides(List<String> names, Measures measures) {
        sides.add(new Side(names, measures));
        return this;
    }

    public Comparison aim(String name, Aim... held) {
        aims.put(name, List.of(held));
        return this;
    }

    /// Has every round count, where each begins with a new process anyway.
    public Comparison withoutWarmUp() {
        warmUps = 0;
        return this;
    }

    /// Measures all.
    public Results run() throws Exception {
        Map<String, double[]> figures = new LinkedHashMap<>();
        for (Side side : sides) {
            side.names.forEach(name -> figures.put(name, new double[rounds]));
        }
        for (int round = -warmUps; round < rounds; round++) {
            for (Side side : sides) {
                double[] measured = side.measures.run();
                for (int i = 0; round >= 0 && i < measured.length; i++) {
                    requireNonNull(figures.get(side.names.get(i)))[round] = measured[i];
                }
            }
        }
        return new Results(title, rounds, figures, aims);
    }

    /// What came out, one figure a round.
    public record Results(
            String title, int rounds, Map<String, double[]> figures, Map<String, List<Aim>> aims) {

        /// One aim and what became of it.
        record Verdict(String ratio, String aim, String met) {
            static final Verdict NONE = new Verdict("", "", "");
        }

        double median(String name) {
            return middle(requireNonNull(figures.get(name), name));
        }

        double ratio(String name, String of) {
            double[] ours = requireNonNull(figures.get(name), name);
            double[] theirs = requireNonNull(figures.get(of), of);
            double[] ratios = new double[ours.length];
            Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
            return middle(ratios);
        }

        /// The table, in Markdown.
        List<String> lines() {
            List<String[]> rows = new ArrayList<>();
            rows.add(new String[] {"side", "median", "range", "ratio", "aim", "met"});
            figures.forEach((name, values) -> {
                List<Verdict> verdicts = new ArrayList<>();
                aims.getOrDefault(name, List.of()).forEach(aim -> verdicts.add(verdict(name, aim)));
                if (verdicts.isEmpty()) {
                    verdicts.add(Verdict.NONE);
                }
                String range =
                        number(Arrays.stream(values).min().orElseThrow())
                                + " – "
                                + number(Arrays.stream(values).max().orElseThrow());
                for (int i = 0; i < verdicts.size(); i++) {
                    Verdict verdict = verdicts.get(i);
                    rows.add(
                            new String[] {
                                i == 0 ? name : "",
                                i == 0 ? number(middle(values)) : "",
                                i == 0 ? range : "",
                                verdict.ratio,
                                verdict.aim,
                                verdict.met
                            });
                }
            });
            return layOut(rows);
        }

        /// The aims that were not met, a line each.
        List<String> shortfalls() {
            List<String> lines = new ArrayList<>();
            figures.keySet()
                    .forEach(name -> {
                        for (Aim aim : aims.getOrDefault(name, List.of())) {
                            Verdict verdict = verdict(name, aim);
                            if (verdict.met.equals("no")) {
                                String found =
                                        verdict.ratio.isEmpty()
                                                ? number(median(name))
                                                : verdict.ratio;
                                lines.add(
                                        title
                                                + ": "
                                                + name
                                                + ": "
                                                + found
                                                + ", aim "
                                                + verdict.aim);
                            }
                        }
                    });
            return lines;
        }

        private Verdict verdict(String name, Aim aim) {
            return switch (aim) {
                case Aim.AtLeast(double value) ->
                        new Verdict("", "≥ " + number(value), yes(median(name) >= value));
                case Aim.AtMost(double value) ->
                        new Verdict("", "≤ " + number(value), yes(median(name) <= value));
                case Aim.Times(String of, double least) ->
                        new Verdict(
                                ratioText(name, of),
                                "≥ " + number(least) + " ×",
                                yes(ratio(name, of) >= least));
                case Aim.Shown(String of) -> new Verdict(ratioText(name, of), "", "");
            };
        }

        private String ratioText(String name, String of) {
            return number(ratio(name, of)) + " × " + of;
        }

        private static String yes(boolean met) {
            return met ? "yes" : "no";
        }

        private static double middle(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
        }

        private static List<String> layOut(List<String[]> rows) {
            int columns = rows.getFirst().length;
            int[] widths = new int[columns];
            for (String[] row : rows) {
                for (int i = 0; i < columns; i++) {
                    widths[i] = Math.max(widths[i], row[i].length());
                }
            }
            List<String> lines = new ArrayList<>();
            for (String[] row : rows) {
                StringBuilder line = new StringBuilder("|");
                StringBuilder rule = new StringBuilder("|");
                for (int i = 0; i < columns; i++) {
                    String padding = " ".repeat(widths[i] - row[i].length());
                    boolean right = i == 1;
                    line.append(' ').append(right ? padding + row[i] : row[i] + padding);
                    line.append(" |");
                    rule.append("-".repeat(widths[i] + 1)).append(right ? ":|" : "-|");
                }
                lines.add(line.toString());
                if (lines.size() == 1) {
                    lines.add(rule.toString());
                }
            }
            return lines;
        }
    }
}
