package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a node says of itself, in lines for people: 80 columns, a table up to 120.
final class StatusText {

    private static final int WIDTH = 80;
    private static final int NAME_WIDTH_MAX = 36;

    /// HQ's list shows so many stores; the API has all of them.
    static final int STORES_SHOWN_MAX = 200;

    private final JsonObject status;
    private final Instant at;
    private final List<String> lines = new ArrayList<>();

    private StatusText(JsonObject status) {
        this.status = status;
        this.at = Instant.parse(status.text("at"));
    }

    // ---- a store

    static List<String> store(JsonObject status) {
        StatusText text = new StatusText(status);
        text.head(
                "%s \"%s\", zone %s, epoch %d: %s"
                        .formatted(
                                status.text("node"),
                                status.text("name"),
                                status.text("zone"),
                                status.number("epoch"),
                                text.standing()));
        text.line();
        text.waiting();
        text.disk();
        text.streams();
        return text.lines;
    }

    private String standing() {
        String state = status.object("standing").text("state");
        return switch (state) {
            case "open" -> status.flag("ready") ? "OPEN" : "IN TROUBLE";
            case "asking", "restoring" -> "NOT OPEN YET";
            case "turned away" -> "CLOSED";
            case "fenced" -> "CLOSED FOR GOOD";
            default -> state;
        };
    }

    private void head(String title) {
        under("", title);
        Optional<String> exported =
                status.has("standing")
                        ? status.object("standing").optionalText("exported")
                        : Optional.empty();
        for (JsonObject obstacle : status.objects("obstacles")) {
            under("  why     ", obstacle.text("why"));
            under("  to do   ", obstacle.text("remedy"));
        }
        exported.ifPresent(file -> under("  saved   ", "what HQ never got is in " + file));
        field("node", "%s, running for %s".formatted(status.text("software"), since("startedAt")));
    }

    private void line() {
        String why = status.text("why");
        field(
                "line",
                "%s for %s%s%s"
                        .formatted(
                                status.text("line").equals("silent")
                                        ? "SILENT (connected, HQ owes an answer)"
                                        : status.text("line"),
                                since("lineSince"),
                                status.has("roundTripMicros")
                                        ? ", round trip "
                                                + milliseconds(status.number("roundTripMicros"))
                                        : "",
                                why.isEmpty() ? "" : ": " + why));
        String hqName = status.text("hqName");
        field(
                "HQ",
                "%s%s, last heard of %s"
                        .formatted(
                                hqName.isEmpty() ? "" : hqName + " at ",
                                status.text("hq"),
                                status.has("lastContact")
                                        ? since("lastContact") + " ago"
                                        : "never since the start"));
        if (status.has("hqClockAheadMs")) {
            field("clock", "HQ's is " + skew(status.number("hqClockAheadMs")));
        }
    }

    private void waiting() {
        JsonObject waiting = status.object("waitingUp");
        long events = waiting.number("events");
        boolean never = status.object("standing").text("state").equals("fenced");
        field(
                "waits",
                events == 0
                        ? "nothing: HQ has all that is here"
                        : "%,d events %s, %s%s"
                                .formatted(
                                        events,
                                        never ? "that HQ never got" : "for HQ",
                                        size(waiting.number("bytes")),
                                        waiting.has("oldest")
                                                ? ", the oldest for " + since(waiting, "oldest")
                                                : ""));
    }

    private void streams() {
        List<JsonObject> streams = status.objects("streams");
        if (streams.isEmpty()) {
            return;
        }
        Table table =
                new Table(
                        "<stream",
                        "<way",
                        "<state",
                        ">tail",
                        ">cursor",
                        ">waiting",
                        ">size",
                        ">oldest");
        for (JsonObject stream : streams) {
            long waiting = stream.number("eventsWaiting");
            boolean up = stream.text("direction").equals("up");
            table.row(
                    shortened(stream.text("name")),
                    stream.text("direction"),
                    state(stream, up),
                    number(stream.number("tail")),
                    number(stream.number("cursor")),
                    waiting == 0 ? "-" : number(waiting),
                    waiting == 0 || !up ? "-" : size(stream.number("bytesWaiting")),
                    stream.has("oldestWaiting") ? since(stream, "oldestWaiting") : "-");
            stream.optionalText("why").ifPresent(table::remark);
        }
        lines.add("");
        lines.addAll(table.lines());
    }

    private String state(JsonObject stream, boolean up) {
        String standing = status.object("standing").text("state");
        if (up && standing.equals("restoring")) {
            // All that is here is at HQ, and yet it is not all.
            return "fetched back";
        }
        if (standing.equals("fenced")) {
            return stream.number("eventsWaiting") > 0 ? "HQ NEVER GOT IT" : "closed";
        }
        String state = stream.text("state");
        return switch (state) {
            case "draining" ->
                    stream.has("secondsLeft")
                            ? "draining, "
                                    + span(Duration.ofSeconds(stream.number("secondsLeft")))
                                    + " left"
                            : state;
            case "stuck", "parked" -> state.toUpperCase(Locale.ROOT);
            default -> state;
        };
    }

    // ---- HQ

    /// @param stores as `/api/stores` answers them
    static List<String> hq(JsonObject status, List<JsonObject> stores) {
        StatusText text = new StatusText(status);
        JsonObject counted = status.object("stores");
        text.head(
                "%s \"%s\": %s"
                        .formatted(
                                status.text("node"),
                                status.text("name"),
                                status.flag("ready") ? "OPEN" : "NOT READY"));
        text.field(
                "stores",
                counted.number("known") == 0
                        ? "none yet; add one with ./skerry hq store add"
                        : "%,d known, %,d connected, %,d never joined"
                                .formatted(
                                        counted.number("known"),
                                        counted.number("connected"),
                                        counted.number("known") - counted.number("joined")));
        text.disk();
        text.written();
        text.stores(stores);
        return text.lines;
    }

    private void written() {
        List<JsonObject> streams = status.objects("streams");
        if (streams.isEmpty()) {
            return;
        }
        Table table = new Table("<stream", ">tail", ">size", ">last append");
        streams.forEach(stream ->
                table.row(
                        shortened(stream.text("name")),
                        number(stream.number("tail")),
                        size(stream.number("storedBytes")),
                        stream.has("lastAppend") ? since(stream, "lastAppend") + " ago" : "-"));
        lines.add("");
        lines.addAll(table.lines());
    }

    private void stores(List<JsonObject> stores) {
        if (stores.isEmpty()) {
            return;
        }
        Table table = new Table("<store", "<name", "<zone", ">epoch", "<line", ">last heard");
        stores.stream()
                .sorted(Comparator.comparing(store -> store.text("line").equals("up")))
                .limit(STORES_SHOWN_MAX)
                .forEach(store ->
                        table.row(
                                store.text("id"),
                                shortened(store.text("name")),
                                shortened(store.text("zone")),
                                number(store.number("epoch")),
                                store.has("since")
                                        ? "up for " + since(store, "since")
                                        : store.text("line"),
                                store.has("lastContact")
                                        ? since(store, "lastContact") + " ago"
                                        : "-"));
        lines.add("");
        lines.addAll(table.lines());
        if (stores.size() > STORES_SHOWN_MAX) {
            lines.add(
                    "and %,d more; --json has the counts, GET /api/stores all of them"
                            .formatted(stores.size() - STORES_SHOWN_MAX));
        }
    }

    // ---- parts

    private void disk() {
        if (status.has("disk")) {
            JsonObject disk = status.object("disk");
            field(
                    "disk",
                    "%s free of %s; the data folder takes %s"
                            .formatted(
                                    size(disk.number("freeBytes")),
                                    size(disk.number("totalBytes")),
                                    size(disk.number("dataBytes"))));
        }
    }

    private void field(String name, String value) {
        under("  %-7s ".formatted(name), value);
    }

    /// Long texts go on below where they began.
    private void under(String start, String text) {
        StringBuilder line = new StringBuilder(start);
        boolean fresh = true;
        for (String word : text.split(" ", -1)) {
            if (!fresh && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(start.length()));
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        lines.add(line.toString());
    }

    private String since(String field) {
        return since(status, field);
    }

    private String since(JsonObject of, String field) {
        return span(Duration.between(Instant.parse(of.text(field)), at));
    }

    /// The one unit that matters.
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    static String size(long bytes) {
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    private static String skew(long ahead) {
        long off = Math.abs(ahead);
        String much = off < 10_000 ? off + " ms" : span(Duration.ofMillis(off));
        return much + (ahead < 0 ? " behind" : " ahead");
    }

    private static String milliseconds(long micros) {
        double value = micros / 1000.0;
        return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// The end of a name tells more than its middle.
    private static String shortened(String name) {
        int half = NAME_WIDTH_MAX / 2;
        return name.length() <= NAME_WIDTH_MAX
                ? name
                : name.substring(0, half - 1) + "…" + name.substring(name.length() - half);
    }

    /// Columns as wide as what stands in them.
    private static final class Table {
        private static final String REMARK = "\u0000";
        private final String[] sides;
        private final List<String[]> rows = new ArrayList<>();

        /// @param heads with `<` before those on the left and `>` before those on the right
        Table(String... heads) {
            sides = heads;
            String[] names = new String[heads.length];
            for (int i = 0; i < heads.length; i++) {
                names[i] = heads[i].substring(1);
            }
            rows.add(names);
        }

        void row(String... cells) {
            rows.add(cells);
        }

        void remark(String text) {
            rows.add(new String[] {REMARK, text});
        }

        List<String> lines() {
            return rows.stream().map(this::line).toList();
        }

        private String line(String[] row) {
            if (row[0].equals(REMARK)) {
                return "    " + row[1];
            }
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(width(i) - row[i].length());
                line.append(i == 0 ? "" : "  ")
                        .append(sides[i].startsWith(">") ? space + row[i] : row[i] + space);
            }
            return line.toString().stripTrailing();
        }

        private int width(int column) {
            return rows.stream()
                    .filter(row -> !row[0].equals(REMARK))
                    .mapToInt(row -> row[column].length())
                    .max()
                    .orElse(0);
        }
    }
}
