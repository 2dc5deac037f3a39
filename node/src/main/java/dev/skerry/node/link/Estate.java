package dev.skerry.node.link;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.JsonObject;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.node.link.Message.Refusal;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Database;
import dev.skerry.stream.Event;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// HQ's register of its stores, and its judgement on which machine is which store. Kept in the stream `local/stores` of the database
/// that also holds the mirrors, so that a machine that is fenced while it writes is refused in the same transaction. Any thread.
///
/// A machine is told from its copies by the starts of its server: each has a number of its own (`boot`), and the store writes
/// down the last one of which it knows that HQ knows it (`known`). HQ takes in who says the number that HQ knows, or the next one after it:
///
/// | the store says | means | HQ |
/// |---|---|---|
/// | `boot` or `known` is what HQ knows, or has in hand | the same machine, perhaps restarted | takes it in |
/// | neither, and nobody else is connected | set back to an older image, or a copy of one | takes it in under a new epoch: whoever comes with the old one is fenced |
/// | neither, and the known one is connected | a copy | turns it away |
/// | an older epoch | replaced | fences it |
public final class Estate {

    private static final Logger LOG = System.getLogger(Estate.class.getName());

    private static final StreamName STORES = StreamName.of(Names.LOCAL + "stores");

    /// Who was let in, refused and changed: CloudEvents.
    public static final StreamName AUDIT = StreamName.of(Names.LOCAL + "audit");

    private static final Duration AUDIT_KEPT = Duration.ofDays(400);

    /// The same refusal of the same store is on record once in so long.
    private static final Duration AUDIT_EVERY = Duration.ofHours(1);

    /// So many refusals are remembered as being on record; while there are more, further ones are not put there.
    private static final int AUDITED_MAX = 10_000;

    /// In the place of a `known` that is empty.
    private static final String NEVER = "never";

    private static final int PAGE_EVENTS = 1000;

    private final Database<?> database;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Map<String, Store> stores = new ConcurrentHashMap<>();

    /// The register on disk may say more than is known here: somebody was refused by it whom this knows as the store, or a commit
    /// failed of which nobody can tell whether it is there.
    private volatile boolean unsure;

    private final Map<String, Instant> audited = new ConcurrentHashMap<>();

    /// A store, as HQ knows it.
    ///
    /// @param name for people
    /// @param epoch how many machines have been this store, set-backs included; 0 before the first
    /// @param known the last start of its server that both sides know of; empty before the first
    /// @param pending a start of which the store has not said yet that it has written it down; else empty
    /// @param setBackFrom what the machine took for `known` that was set back into this epoch; else empty
    /// @param fingerprint of its certificate
    /// @param formerFingerprint of the one before, which holds until the new one is used
    /// @param enrolledKey fingerprint of the key that the open token was used with; else empty
    public record Store(
            String id,
            String name,
            String zone,
            long epoch,
            String known,
            String pending,
            String setBackFrom,
            String fingerprint,
            String formerFingerprint,
            @Nullable Token token,
            String enrolledKey,
            long version) {

        private Store withEpoch(long next) {
            return new Store(
                    id,
                    name,
                    zone,
                    next,
                    known,
                    pending,
                    setBackFrom,
                    fingerprint,
                    formerFingerprint,
                    token,
                    enrolledKey,
                    version);
        }

        private Store withBoots(String nowKnown, String nowPending, String nowSetBackFrom) {
            return new Store(
                    id,
                    name,
                    zone,
                    epoch,
                    nowKnown,
                    nowPending,
                    nowSetBackFrom,
                    fingerprint,
                    formerFingerprint,
                    token,
                    enrolledKey,
                    version);
        }

        private Store withFingerprints(String next, String former) {
            return new Store(
                    id,
                    name,
                    zone,
                    epoch,
                    known,
                    pending,
                    setBackFrom,
                    next,
                    former,
                    token,
                    enrolledKey,
                    version);
        }

        private Store withToken(@Nullable Token next, String key) {
            return new Store(
                    id,
                    name,
                    zone,
                    epoch,
                    known,
                    pending,
                    setBackFrom,
                    fingerprint,
                    formerFingerprint,
                    next,
                    key,
                    version);
        }

        private Store withVersion(long next) {
            return new Store(
                    id,
                    name,
                    zone,
                    epoch,
                    known,
                    pending,
                    setBackFrom,
                    fingerprint,
                    formerFingerprint,
                    token,
                    enrolledKey,
                    next);
        }
    }

    /// The right to join as a store, once.
    ///
    /// @param secretHash of what only the holder knows
    public record Token(String secretHash, Instant expiresAt) {}

    /// What became of a wish to join.
    public sealed interface Joining {

        /// @param restores HQ has streams of this store, which the machine must fetch before it writes
        record Joined(Store store, boolean restores) implements Joining {}

        record Refused(String why) implements Joining {}
    }

    /// Whether a machine is taken in.
    sealed interface Greeting {

        /// @param store as it is now: where the machine was set back, under a new epoch
        record Accepted(Store store) implements Greeting {}

        /// @param comeBackAfter null: no sooner than it would by itself
        record Turned(Refusal refusal, String why, @Nullable Duration comeBackAfter)
                implements Greeting {}
    }

    /// Reads the register.
    public Estate(Database<?> database, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock, random);
        openStreams(database);
        readOn();
    }

    private static <T extends Transaction> void openStreams(Database<T> database) {
        database.write(tx -> {
            tx.open(STORES, StreamSettings.compactedByKey());
            tx.open(AUDIT, new StreamSettings(false, AUDIT_KEPT, 0, false));
            return true;
        });
    }

    public Optional<Store> find(String id) {
        return Optional.ofNullable(stores.get(id));
    }

    /// In order of their ids.
    public List<Store> stores() {
        return stores.values().stream().sorted(Comparator.comparing(Store::id)).toList();
    }

    // ---- joining

    /// Gives the right to join as a store, which is registered if it is new. A right given before ends.
    ///
    /// @throws IllegalArgumentException if the id or the zone cannot be one
    public Store invite(String id, String name, String zone, Token token) {
        Names.require(id, zone);
        stores.computeIfAbsent(
                id, _ -> new Store(id, name, zone, 0, "", "", "", "", "", null, "", 0));
        Store invited =
                change(
                        id,
                        before ->
                                new Store(
                                        id,
                                        name,
                                        zone,
                                        before.epoch,
                                        before.known,
                                        before.pending,
                                        before.setBackFrom,
                                        before.fingerprint,
                                        before.formerFingerprint,
                                        token,
                                        "",
                                        before.version));
        audit("StoreInvited", id, JsonObject.empty().with("name", name).with("zone", zone));
        return invited;
    }

    /// Lets a machine join as a store: it is the store from now on, and every other one is fenced. The same key may join again with the
    /// same token, as it must if the answer got lost.
    ///
    /// @param secretHash of what the token says
    /// @param key fingerprint of the machine's public key
    public Joining join(String id, String secretHash, String key, String fingerprint) {
        makeSure();
        Store store = stores.get(id);
        Token token = store == null ? null : store.token;
        if (store == null || token == null || !token.secretHash.equals(secretHash)) {
            return refusedToJoin(
                    id, "this token is not, or no longer, valid: ask HQ for a new one");
        }
        if (!clock.instant().isBefore(token.expiresAt)) {
            return refusedToJoin(
                    id, "this token was good until " + token.expiresAt + ": ask HQ for a new one");
        }
        if (!store.enrolledKey.isEmpty() && !store.enrolledKey.equals(key)) {
            return refusedToJoin(
                    id, "this token has been used by another machine: ask HQ for a new one");
        }
        boolean again = store.enrolledKey.equals(key);
        Store joined =
                change(
                        id,
                        before -> {
                            Store next =
                                    before.withToken(token, key).withFingerprints(fingerprint, "");
                            return again
                                    ? next
                                    : next.withEpoch(before.epoch + 1).withBoots("", "", "");
                        });
        audit("StoreJoined", id, JsonObject.empty().with("epoch", joined.epoch));
        return new Joining.Joined(joined, !database.matching(Names.written(id)).isEmpty());
    }

    /// Anybody may try: what strangers make up fills no disk.
    private Joining refusedToJoin(String id, String why) {
        onRecord("JoinRefused", id, stores.containsKey(id) ? id + why : "a stranger", why);
        return new Joining.Refused(why);
    }

    /// Whether a certificate is one of a store's that holds.
    public boolean holds(Guest guest) {
        return find(idOf(guest)).filter(store -> holds(store, guest)).isPresent();
    }

    private static boolean holds(Store store, Guest guest) {
        return guest.fingerprint().equals(store.fingerprint)
                || (!store.formerFingerprint.isEmpty()
                        && guest.fingerprint().equals(store.formerFingerprint));
    }

    /// The store that a certificate was issued for.
    public static String idOf(Guest guest) {
        String prefix = Names.ofStore("");
        return guest.name().startsWith(prefix) ? guest.name().substring(prefix.length()) : "";
    }

    /// A store has got a new certificate; the one it asked with holds until the new one is used.
    ///
    /// @return false if the one it asked with does not hold any more: nothing has changed then
    public boolean renewed(Guest guest, String fingerprint) {
        AtomicBoolean held = new AtomicBoolean();
        change(
                idOf(guest),
                before -> {
                    held.set(holds(before, guest));
                    return held.get()
                            ? before.withFingerprints(fingerprint, guest.fingerprint())
                            : before;
                });
        return held.get();
    }

    // ---- greeting

    /// Judges a machine that says hello.
    ///
    /// @param connected the start of the server that is connected as this store now; null if none is
    Greeting greet(Guest guest, Hello hello, @Nullable String connected) {
        makeSure();
        Store store = stores.get(hello.store());
        if (store == null || !idOf(guest).equals(hello.store())) {
            return turned(
                    hello.store(),
                    Refusal.UNKNOWN,
                    "HQ does not know store %s with the certificate of %s"
                            .formatted(hello.store(), guest.name()),
                    null);
        }
        if (!holds(store, guest) && hello.epoch() > store.epoch) {
            // Nobody took over: then this machine's epoch would be the lower one. It may trade on.
            return turned(
                    store.id,
                    Refusal.UNKNOWN,
                    "HQ does not know yet that this machine is store %s: HQ was set back to an older image. Let this machine join anew, with a token from HQ"
                            .formatted(store.id),
                    null);
        }
        if (hello.epoch() > store.epoch) {
            // HQ itself was set back. What it lost of the register the store still knows.
            store =
                    change(
                            store.id,
                            before ->
                                    before.withEpoch(hello.epoch())
                                            .withBoots(hello.known(), "", ""));
        }
        boolean sameSetBack =
                connected == null
                        && hello.epoch() == store.epoch - 1
                        && store.known.isEmpty()
                        && !store.setBackFrom.isEmpty()
                        && setBackFrom(hello).equals(store.setBackFrom);
        if (!holds(store, guest) || (hello.epoch() < store.epoch && !sameSetBack)) {
            return turned(
                    store.id,
                    Refusal.FENCED,
                    "another machine has taken over as store %s: this one is epoch %d, and HQ is at %d"
                            .formatted(store.id, hello.epoch(), store.epoch),
                    null);
        }
        return sameSetBack || continues(store, hello)
                ? accepted(store, guest, hello)
                : stranger(store, guest, hello, connected);
    }

    private static boolean continues(Store store, Hello hello) {
        return hello.known().equals(store.known)
                || hello.boot().equals(store.known)
                || hello.boot().equals(store.pending)
                || (!store.pending.isEmpty() && hello.known().equals(store.pending));
    }

    private static String setBackFrom(Hello hello) {
        return hello.known().isEmpty() ? NEVER : hello.known();
    }

    private Greeting accepted(Store store, Guest guest, Hello hello) {
        boolean inUse = guest.fingerprint().equals(store.fingerprint);
        boolean former = inUse && !store.formerFingerprint.isEmpty();
        boolean known = store.known.equals(hello.boot()) || store.pending.equals(hello.boot());
        if (known && !former) {
            return new Greeting.Accepted(store);
        }
        return new Greeting.Accepted(
                change(
                        store.id,
                        before -> {
                            String nowKnown =
                                    before.pending.equals(hello.known()) && !hello.known().isEmpty()
                                            ? before.pending
                                            : before.known;
                            Store next =
                                    known
                                            ? before
                                            : before.withBoots(
                                                    nowKnown, hello.boot(), before.setBackFrom);
                            return former ? next.withFingerprints(next.fingerprint, "") : next;
                        }));
    }

    private Greeting stranger(Store store, Guest guest, Hello hello, @Nullable String connected) {
        if (connected != null) {
            return turned(
                    store.id,
                    Refusal.ELSEWHERE,
                    "another machine is connected as store %s: if that is a copy, switch one of them off; if this is a copy, let it join anew"
                            .formatted(store.id),
                    Duration.ofSeconds(5));
        }
        Store next =
                change(
                        store.id,
                        before ->
                                before.withEpoch(before.epoch + 1)
                                        .withBoots("", hello.boot(), setBackFrom(hello)));
        audit(
                "StoreSetBack",
                store.id,
                JsonObject.empty().with("epoch", next.epoch).with("address", guest.address()));
        return new Greeting.Accepted(next);
    }

    private Greeting turned(
            String id, Refusal refusal, String why, @Nullable Duration comeBackAfter) {
        refused(id, why);
        return new Greeting.Turned(refusal, why, comeBackAfter);
    }

    /// A store has written down that HQ knows this start of its server.
    void ready(String id, String boot) {
        Store store = stores.get(id);
        if (store != null && store.pending.equals(boot)) {
            change(id, before -> before.withBoots(boot, "", ""));
        }
    }

    // ---- the fence

    /// Refuses what a machine writes that is not the store any more, in the transaction that would write it.
    Home.Guard guard(String id, long epoch) {
        return tx -> {
            long now = tx.cursor(fence(id)).orElse(0);
            if (now != epoch) {
                throw new Fenced(
                        "another machine has taken over as store %s: this one is epoch %d, and HQ is at %d"
                                .formatted(id, epoch, now));
            }
        };
    }

    /// A machine that is not the store any more.
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Fenced(String why) {
            super(why);
        }
    }

    /// Kept as a cursor: it only rises, and every transaction can see it.
    private static String fence(String id) {
        return "epoch of " + Names.ofStore(id);
    }

    private static String version(String id) {
        return "version of " + Names.ofStore(id);
    }

    // ---- the register

    /// Changes a store, whoever else does so at the same time.
    private Store change(String id, UnaryOperator<Store> change) {
        while (true) {
            Store before = stores.get(id);
            if (before == null) {
                throw new IllegalArgumentException("there is no store " + id);
            }
            Store after = change.apply(before).withVersion(before.version + 1);
            boolean written;
            try {
                written = write(database, before, after);
            } catch (StreamException e) {
                unsure = true;
                throw e;
            }
            if (written) {
                stores.merge(id, after, Estate::newer);
                return after;
            }
            readOn();
        }
    }

    private static Store newer(Store one, Store other) {
        return one.version >= other.version ? one : other;
    }

    private static <T extends Transaction> boolean write(
            Database<T> database, Store before, Store after) {
        NewEvent event = NewEvent.keyed(after.id, Bytes.of(json(after).write()));
        return database.write(tx -> {
            if (tx.cursor(version(after.id)).orElse(0) != before.version) {
                return false;
            }
            tx.moveCursor(version(after.id), after.version);
            tx.moveCursor(fence(after.id), after.epoch);
            tx.append(STORES, event);
            return true;
        });
    }

    /// What is known of the register here is read again before it is used.
    void doubt() {
        unsure = true;
    }

    private void makeSure() {
        if (!unsure) {
            return;
        }
        unsure = false;
        try {
            readOn();
        } catch (StreamException e) {
            unsure = true;
            throw e;
        }
    }

    private void readOn() {
        long at = 0;
        while (true) {
            Read.Page page = (Read.Page) database.read(STORES, at, PAGE_EVENTS, Long.MAX_VALUE);
            for (Event event : page.events()) {
                Store store = store(JsonObject.parse(event.payload().copy()));
                stores.merge(store.id, store, Estate::newer);
            }
            if (page.upToDate()) {
                return;
            }
            at = page.next();
        }
    }

    private static JsonObject json(Store store) {
        JsonObject json =
                JsonObject.empty()
                        .with("id", store.id)
                        .with("name", store.name)
                        .with("zone", store.zone)
                        .with("epoch", store.epoch)
                        .with("known", store.known)
                        .with("pending", store.pending)
                        .with("setBackFrom", store.setBackFrom)
                        .with("fingerprint", store.fingerprint)
                        .with("formerFingerprint", store.formerFingerprint)
                        .with("enrolledKey", store.enrolledKey)
                        .with("version", store.version);
        Token token = store.token;
        return token == null
                ? json
                : json.with("secretHash", token.secretHash)
                        .with("tokenExpires", token.expiresAt.toEpochMilli());
    }

    private static Store store(JsonObject json) {
        return new Store(
                json.text("id"),
                json.text("name"),
                json.text("zone"),
                json.number("epoch"),
                json.text("known"),
                json.text("pending"),
                json.text("setBackFrom"),
                json.text("fingerprint"),
                json.text("formerFingerprint"),
                json.has("secretHash")
                        ? new Token(
                                json.text("secretHash"),
                                Instant.ofEpochMilli(json.number("tokenExpires")))
                        : null,
                json.text("enrolledKey"),
                json.number("version"));
    }

    // ---- on record

    /// A store was refused something; on record, but not again and again.
    void refused(String id, String why) {
        onRecord("StoreRefused", id, id + why, why);
    }

    /// @param same what counts as the same
    private void onRecord(String what, String id, String same, String why) {
        Instant now = clock.instant();
        if (audited.size() >= AUDITED_MAX) {
            audited.values().removeIf(before -> now.isAfter(before.plus(AUDIT_EVERY)));
        }
        Instant before = audited.get(same);
        boolean due = before == null || now.isAfter(before.plus(AUDIT_EVERY));
        if (!due || (before == null && audited.size() >= AUDITED_MAX)) {
            return;
        }
        try {
            audited.put(same, now);
            audit(what, id, JsonObject.empty().with("why", why));
        } catch (StreamException e) {
            // It is refused nevertheless, and on record when it happens again.
            audited.remove(same);
            LOG.log(
                    Level.ERROR,
                    "audit=failed store=%s refused=\"%s\" why=\"%s\""
                            .formatted(id, why, e.getMessage()));
        }
    }

    void audit(String what, String id, JsonObject data) {
        CloudEvent event =
                CloudEvent.of(
                                ids.next().toString(),
                                AUDIT.value(),
                                "dev.skerry.estate." + what,
                                clock.instant(),
                                data.write())
                        .withSubject(Names.ofStore(id));
        append(database, NewEvent.of(Bytes.of(CloudEventJson.write(event))));
    }

    private static <T extends Transaction> void append(Database<T> database, NewEvent event) {
        database.write(tx -> tx.append(AUDIT, event));
    }
}
