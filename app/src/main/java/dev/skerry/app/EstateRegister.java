package dev.skerry.app;

import dev.skerry.hq.stores.Register;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.link.Names;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The stores that the link knows, for the contexts of HQ.
///
/// @param connections who is connected
record EstateRegister(
        Estate estate,
        Function<String, Optional<HqLink.Connection>> connections,
        Streams mirrors,
        Invitations invitations,
        InstantSource clock)
        implements Register {

    @Override
    public List<Registered> stores() {
        return estate.stores().stream().map(this::registered).toList();
    }

    @Override
    public Optional<Registered> find(String id) {
        return estate.find(id).map(this::registered);
    }

    private Registered registered(Estate.Store store) {
        return new Registered(
                store.id(),
                store.name(),
                store.zone(),
                store.epoch(),
                tokenUntil(store),
                connections.apply(store.id()).map(EstateRegister::connection).orElse(null));
    }

    /// Null where nobody may join: there is no token, it was used, or it has ended.
    private @Nullable Instant tokenUntil(Estate.Store store) {
        Estate.Token token = store.token();
        return token != null
                        && store.enrolledKey().isEmpty()
                        && clock.instant().isBefore(token.expiresAt())
                ? token.expiresAt()
                : null;
    }

    private static Connection connection(HqLink.Connection it) {
        Duration skew = it.skew();
        return new Connection(
                it.since(),
                it.lastHeard(),
                it.address(),
                it.software(),
                skew == null ? null : skew.toMillis());
    }

    @Override
    public List<Stream> streams(String id) {
        return mirrors.matching(StreamPattern.of(Names.ofStore(id) + "/**")).stream()
                .map(it -> {
                    Instant last = StatusJson.lastAppend(mirrors, it);
                    return new Stream(it.name().value(), it.tail(), it.storedBytes(), last);
                })
                .toList();
    }

    @Override
    public Invited invite(String id, String name, String zone) {
        return invitations.invite(id, name, zone);
    }
}
