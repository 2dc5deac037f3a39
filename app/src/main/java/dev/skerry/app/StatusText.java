package dev.skerry.app;

import dev.skerry.language.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a node says of itself, in lines for people.
final class StatusText {

    private StatusText() {}

    static List<String> store(JsonObject status) {
        List<String> lines = new ArrayList<>();
        JsonObject standing = status.object("standing");
        lines.add(
                "%s \"%s\", zone %s, epoch %d: %s"
                        .formatted(
                                status.text("node"),
                                status.text("name"),
                                status.text("zone"),
                                status.number("epoch"),
                                standing.text("state")));
        standing.optionalText("why").ifPresent(why -> lines.add("  " + why));
        standing.optionalText("exported")
                .ifPresent(file -> lines.add("  what HQ never got is in " + file));
        String why = status.text("why");
        lines.add(
                "line %s since %s%s"
                        .formatted(
                                status.text("line"),
                                status.text("lineSince"),
                                why.isEmpty() ? "" : ": " + why));
        lines.add(
                "HQ %s, last contact %s%s"
                        .formatted(
                                status.text("hq"),
                                status.optionalText("lastContact").orElse("never"),
                                status.has("hqClockAheadMs")
                                        ? ", its clock %+d ms"
                                                .formatted(status.number("hqClockAheadMs"))
                                        : ""));
        List<JsonObject> streams = status.objects("streams");
        if (!streams.isEmpty()) {
            lines.add("");
            lines.add(
                    row("stream", "way", "state", "tail", "cursor", "waiting", "bytes", "oldest"));
        }
        for (JsonObject stream : streams) {
            lines.add(
                    row(
                            stream.text("name"),
                            stream.text("direction"),
                            stream.text("state")
                                    + (stream.has("secondsLeft")
                                            ? ", %d s left".formatted(stream.number("secondsLeft"))
                                            : ""),
                            String.valueOf(stream.number("tail")),
                            String.valueOf(stream.number("cursor")),
                            String.valueOf(stream.number("eventsWaiting")),
                            String.valueOf(stream.number("bytesWaiting")),
                            stream.optionalText("oldestWaiting").orElse("-")));
            stream.optionalText("why").ifPresent(reason -> lines.add("    " + reason));
        }
        return lines;
    }

    static List<String> hq(JsonObject status) {
        List<String> lines = new ArrayList<>();
        List<JsonObject> stores = status.objects("stores");
        long up = stores.stream().filter(store -> store.text("line").equals("up")).count();
        lines.add("HQ with %d stores, %d of them connected".formatted(stores.size(), up));
        for (JsonObject store : stores) {
            lines.add(
                    "  %-6s %-24s %-10s epoch %d, %s%s"
                            .formatted(
                                    store.text("id"),
                                    store.text("name"),
                                    store.text("zone"),
                                    store.number("epoch"),
                                    store.text("line"),
                                    store.has("lastContact")
                                            ? ", last contact " + store.text("lastContact")
                                            : ""));
        }
        return lines;
    }

    private static String row(String... cells) {
        return String.format(
                        Locale.ROOT, "%-28s %-5s %-22s %10s %10s %8s %10s  %s", (Object[]) cells)
                .stripTrailing();
    }
}
