package dev.skerry.app.demo;

import dev.skerry.app.demo.Calls.Answer;
import dev.skerry.language.JsonObject;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Makes what the kitchen's tickets ask for, and hands it over, in the time that such takes. For one thread.
final class Cook implements Steps {

    private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);

    /// How long a ticket takes, in seconds: at least, and how much more at most.
    private static final int MAKING_MIN = 40;

    private static final int MAKING_SPREAD = 140;

    /// So long guests leave it standing.
    private static final Duration COLLECTED_AFTER = Duration.ofSeconds(45);

    private final String store;
    private final Calls kitchen;
    private final InstantSource clock;
    private Instant lastLook = Instant.EPOCH;
    private int asked;

    Cook(String store, Calls kitchen, InstantSource clock) {
        this.store = store;
        this.kitchen = kitchen;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cook of " + store;
    }

    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }

    @Override
    public Step step() {
        Instant now = clock.instant();
        if (!now.isBefore(lastLook.plus(LOOKS_EVERY))) {
            lastLook = now;
            try {
                for (String order : List.copyOf(due(now))) {
                    kitchen.ask("POST", "/api/kitchen/" + order, JsonObject.empty(), key());
                }
            } catch (IOException e) {
                // The server is off: whatever was not done is seen again by the next look.
            }
        }
        return new Step.CaughtUp(asked);
    }

    /// What is to be done now, as it stands in the path.
    private List<String> due(Instant now) throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonObject shown : list("/api/kitchen/tickets", "tickets")) {
            String ticket = shown.object("ticket").text("id");
            if (shown.number("ageSeconds")
                    >= MAKING_MIN + Math.floorMod(ticket.hashCode(), MAKING_SPREAD)) {
                all.add("tickets/" + ticket + "/bump");
            }
        }
        for (JsonObject order : list("/api/kitchen/expo", "orders")) {
            if (order.flag("complete")
                    && order.optionalText("readyAt")
                            .map(Instant::parse)
                            .filter(it -> !now.isBefore(it.plus(COLLECTED_AFTER)))
                            .isPresent()) {
                all.add("orders/" + order.text("order") + "/serve");
            }
        }
        return all;
    }

    private List<JsonObject> list(String path, String name) throws IOException {
        Answer answer = kitchen.read(path);
        return answer.done() ? answer.json().objects(name) : List.of();
    }

    private String key() {
        asked++;
        return "cook-%s-%d".formatted(lastLook, asked);
    }
}
