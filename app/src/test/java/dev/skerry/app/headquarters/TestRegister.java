package dev.skerry.app.headquarters;

import dev.skerry.hq.stores.Register;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A register without a link: who is connected is said by the test.
public final class TestRegister implements Register {

    private final Map<String, Registered> stores = new ConcurrentSkipListMap<>();

    public void put(Registered store) {
        stores.put(store.id(), store);
    }

    /// A store's line comes.
    public void connect(String id, Instant at) {
        Registered it = find(id).orElseThrow();
        put(
                new Registered(
                        id,
                        it.name(),
                        it.zone(),
                        it.epoch(),
                        null,
                        new Connection(at, at, "127.0.0.1", "test", 0L)));
    }

    @Override
    public List<Registered> stores() {
        return List.copyOf(stores.values());
    }

    @Override
    public Optional<Registered> find(String id) {
        return Optional.ofNullable(stores.get(id));
    }

    @Override
    public List<Stream> streams(String id) {
        return List.of();
    }

    @Override
    public Invited invite(String id, String name, String zone) {
        put(new Registered(id, name, zone, 0, null, null));
        return new Invited(id, name, zone, "token of " + id, Instant.EPOCH, "https://hq");
    }
}
