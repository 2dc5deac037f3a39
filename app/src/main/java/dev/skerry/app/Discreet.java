package dev.skerry.app;

import dev.skerry.hq.people.People;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.reconciliation.ReconciliationEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Watch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Streams of which some are nobody's business: they are not found, and who asks for them by name is told that they are not there.
///
/// @param secret which
record Discreet(Streams all, Predicate<StreamName> secret) implements Streams {

    /// What HQ knows of people, of their cards and of what was wrong with money, and codes that are worth money to who has them.
    private static final Set<String> SECRET =
            Set.of(
                    StaffEvent.STREAM,
                    CustomerEvent.STREAM,
                    OfferEvent.STREAM,
                    GiftCardEvent.STREAM,
                    People.STREAM.value(),
                    ReconciliationEvent.STREAM,
                    "local/customers",
                    "local/ledger");

    /// What is known of people: who works here with which PIN, who buys, with how many points, and with which codes.
    static boolean isOfPeople(StreamName stream) {
        String name = stream.value();
        return SECRET.contains(name)
                || (name.startsWith("store-")
                        && (name.endsWith("/staff") || name.endsWith("/loyalty")));
    }

    @Override
    public Optional<StreamInfo> find(StreamName name) {
        return secret.test(name) ? Optional.empty() : all.find(name);
    }

    @Override
    public List<StreamInfo> matching(StreamPattern pattern) {
        return all.matching(pattern).stream().filter(it -> !secret.test(it.name())).toList();
    }

    @Override
    public Read read(StreamName name, long offset, int eventsMax, long bytesMax) {
        return all.read(open(name), offset, eventsMax, bytesMax);
    }

    @Override
    public Optional<Checkpoint> checksum(StreamName name, long offset) {
        return all.checksum(open(name), offset);
    }

    @Override
    public Copy copy(StreamName name, long offset, long bytesMax) {
        return all.copy(open(name), offset, bytesMax);
    }

    @Override
    public Backlog backlog(StreamName name, long offset) {
        return all.backlog(open(name), offset);
    }

    @Override
    public EventSource source(StreamName name, String follower) {
        return all.source(open(name), follower);
    }

    @Override
    public EventSource source(StreamPattern pattern, String follower) {
        throw new UnsupportedOperationException("a pattern may mean what is secret");
    }

    @Override
    public List<KnownFollower> followers() {
        return all.followers();
    }

    @Override
    public void forget(String follower) {
        all.forget(follower);
    }

    @Override
    public Watch watch(StreamName name, Runnable onNews) {
        return all.watch(open(name), onNews);
    }

    @Override
    public Watch watch(StreamPattern pattern, Runnable onNews) {
        return all.watch(pattern, onNews);
    }

    private StreamName open(StreamName name) {
        if (secret.test(name)) {
            throw new IllegalArgumentException(name + " is not shown");
        }
        return name;
    }
}
