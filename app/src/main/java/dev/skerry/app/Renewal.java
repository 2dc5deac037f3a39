package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.http.HqCalls;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.StoreId;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Gets a store a new certificate long before the old one ends, so that it can always work for at least 90 days without HQ.
final class Renewal implements Steps {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /// After a try, whether or not it worked.
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final StoreIdentity identity;
    private final StoreId store;
    private final HqCalls hq;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    Renewal(StoreIdentity identity, StoreId store, HqCalls hq, InstantSource clock) {
        this.identity = identity;
        this.store = store;
        this.hq = hq;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Step step() {
        Instant now = clock.instant();
        // Where the clock was set back, nobody waits until it is there again.
        boolean waits = now.isBefore(next) && !next.isAfter(now.plus(LOOK_EVERY));
        if (waits || !identity.renewalDue(now)) {
            return new Step.CaughtUp(0);
        }
        next = now.plus(LOOK_EVERY);
        try {
            JsonObject question = JsonObject.empty().with("request", identity.begin(store));
            HqCalls.Reply reply = hq.post("/v1/renew", Bytes.of(question.write()), ANSWER_MAX);
            JsonObject answer = JsonObject.parse(reply.body().copy());
            if (reply.status() != 200) {
                return new Step.Hindered(
                        "HQ does not renew the certificate: "
                                + answer.optionalText("detail").orElse("HTTP " + reply.status()));
            }
            identity.complete(Certificates.fromPem(answer.text("certificates")));
            return new Step.Moved(0, 1);
        } catch (IOException | MalformedJsonException | IdentityException e) {
            return new Step.Hindered(
                    "the certificate, good until %s, is not renewed yet: %s"
                            .formatted(identity.validUntil(), e.getMessage()));
        }
    }

    /// Looks for itself.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
