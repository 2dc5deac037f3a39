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
import dev.skerry.stream.Streams;
import dev.skerry.stream.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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
/// | an older epoch, or a certificate that was replaced | replaced | fences it |
/// | a certificate that HQ has never seen, and a newer epoch or a start that HQ knows | HQ was set back, and forgot that it made it | takes it in |
/// | such a certificate, and neither | nobody can tell | turns it away; it may trade on |
public final class Estate {

    private static final Logger LOG = System.getLogger(Estate.class.getName());

    private static final StreamName STORES = StreamName.of(Names.LOCAL + "stores");

    /// Who was let in, refused and changed: CloudEvents.
    public static final StreamName AUDIT = StreamName.of(Names.LOCAL + "audit");

    /// What the mirrors hold whose content type is not that of the database's owner: keyed by the stream's name.
    private static final StreamName CONTENT_TYPES = StreamName.of(Names.LOCAL + "content-types");

    private static final Duration AUDIT_KEPT = Duration.ofDays(400);

    /// The same refusal of the same store is on record once in so long.
    private static final Duration AUDIT_EVERY = Duration.ofHours(1);

    /// So many refusals are remembered as being on record; while there are more, further ones are not put there.
    private static final int AUDITED_MAX = 10_000;

    /// So many addresses of strangers are on record in an hour at most.
    private static final int STRANGERS_AUDITED_MAX = 100;

    /// So many characters of what may be made up are.
    private static final int WHY_LENGTH_MAX = 500;

    /// In the place of a `known` that is empty.
    private static final String NEVER = "never";

    /// So many certificates that hold no more are remembered of a store; they are renewed every 60 days, and end after 180.
    private static final int RETIRED_MAX = 16;

    private static final int PAGE_EVENTS = 1000;

    private final Database<?> database;
    private final InstantSource clock;
    private final TimeOrderedIds ids;
    private final Map<String, Store> stores = new ConcurrentHashMap<>();
    private final Map<StreamName, String> contentTypes = new ConcurrentHashMap<>();

    /// The register on disk may say more than is known here: somebody was refused by it whom this knows as the store, or a commit
    /// failed of which nobody can tell whether it is there.
    private volatile boolean unsure;

    private final Map<String, Instant> audited = new ConcurrentHashMap<>();
    private final Map<String, Instant> strangers = new ConcurrentHashMap<>();
    private final AtomicLong strangersUnrecorded = new AtomicLong();

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
    /// @param retired fingerprints of certificates that held once, the last of them last
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
            List<String> retired,
            long version) {

        private Store with(
                long nextEpoch, String nowKnown, String nowPending, String nowSetBackFrom) {
            return new Store(
                    id,
                    name,
                    zone,
                    nextEpoch,
                    nowKnown,
                    nowPending,
                    nowSetBackFrom,
                    fingerprint,
                    formerFingerprint,
                    token,
                    enrolledKey,
                    retired,
                    version);
        }

        private Store withBoots(String nowKnown, String nowPending, String nowSetBackFrom) {
            return with(epoch, nowKnown, nowPending, nowSetBackFrom);
        }

        private Store withFingerprints(String next, String former) {
            List<String> gone = new ArrayList<>(retired);
            gone.add(formerFingerprint);
            gone.add(fingerprint);
            gone.removeIf(one -> one.isEmpty() || one.equals(next) || one.equals(former));
            List<String> all = new ArrayList<>(new LinkedHashSet<>(gone));
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
                    List.copyOf(all.subList(Math.max(0, all.size() - RETIRED_MAX), all.size())),
                    version);
        }

        private Store enrolled(String key) {
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
                    key,
                    retired,
                    version);
        }

        private Store invited(String nowName, String nowZone, Token nowToken) {
            return new Store(
                    id,
                    nowName,
                    nowZone,
                    epoch,
                    known,
                    pending,
                    setBackFrom,
                    fingerprint,
                    formerFingerprint,
                    nowToken,
                    "",
                    retired,
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
                    retired,
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
        read(database, CONTENT_TYPES, this::contentType);
    }

    private void contentType(Event event) {
        contentTypes.put(StreamName.of(String.valueOf(event.key())), event.payload().text());
    }

    private static <T extends Transaction> void openStreams(Database<T> database) {
        database.write(tx -> {
            tx.open(STORES, StreamSettings.compactedByKey());
            tx.open(CONTENT_TYPES, StreamSettings.compactedByKey());
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
                id, _ -> new Store(id, name, zone, 0, "", "", "", "", "", null, "", List.of(), 0));
        Store invited = change(id, before -> before.invited(name, zone, token));
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
        while (true) {
            Store before = stores.get(id);
            String no = mayNotJoin(before, secretHash, key);
            if (before == null || no != null) {
                return refusedToJoin(id, String.valueOf(no));
            }
            boolean again = before.enrolledKey.equals(key);
            Store next = before.enrolled(key).withFingerprints(fingerprint, "");
            Store joined = changed(before, again ? next : next.with(before.epoch + 1, "", "", ""));
            if (joined != null) {
                audit("StoreJoined", id, JsonObject.empty().with("epoch", joined.epoch));
                boolean restores = !database.matching(Names.written(id)).isEmpty();
                return new Joining.Joined(joined, restores);
            }
        }
    }

    /// @return null if it may
    private @Nullable String mayNotJoin(@Nullable Store store, String secretHash, String key) {
        Token token = store == null ? null : store.token;
        if (store == null || token == null || !token.secretHash.equals(secretHash)) {
            return "this token is not, or no longer, valid: ask HQ for a new one";
        }
        if (!clock.instant().isBefore(token.expiresAt)) {
            return "this token was good until " + token.expiresAt + ": ask HQ for a new one";
        }
        return store.enrolledKey.isEmpty() || store.enrolledKey.equals(key)
                ? null
                : "this token has been used by another machine: ask HQ for a new one";
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

    /// What HQ makes of a greeting.
    private sealed interface Verdict {

        /// @param next the store as it is then; the same where nothing changes
        /// @param noted to be put on record; null if it is nothing special
        record Take(Store next, @Nullable String noted) implements Verdict {}

        record Turn(Refusal refusal, String why, @Nullable Duration comeBackAfter)
                implements Verdict {}
    }

    /// Judges a machine that says hello.
    ///
    /// @param connected the start of the server that is connected as this store now; null if none is
    Greeting greet(Guest guest, Hello hello, @Nullable String connected) {
        makeSure();
        String id = hello.store();
        while (true) {
            Store store = stores.get(id);
            Verdict verdict =
                    store == null || !idOf(guest).equals(id)
                            ? notKnown(id, guest)
                            : judge(store, guest, hello, connected);
            switch (verdict) {
                case Verdict.Turn turn -> {
                    refused(id, turn.why);
                    return new Greeting.Turned(turn.refusal, turn.why, turn.comeBackAfter);
                }
                case Verdict.Take take -> {
                    Store taken = store == null ? null : changed(store, take.next);
                    if (taken != null) {
                        note(take.noted, taken, guest);
                        return new Greeting.Accepted(taken);
                    }
                    // Somebody has changed the store meanwhile: this judgement is worth nothing.
                }
            }
        }
    }

    private void note(@Nullable String what, Store store, Guest guest) {
        if (what != null) {
            audit(
                    what,
                    store.id,
                    JsonObject.empty()
                            .with("epoch", store.epoch)
                            .with("address", guest.address())
                            .with("certificate", guest.fingerprint()));
        }
    }

    private static Verdict notKnown(String id, Guest guest) {
        return new Verdict.Turn(
                Refusal.UNKNOWN,
                "HQ does not know store %s with the certificate of %s".formatted(id, guest.name()),
                null);
    }

    private static Verdict judge(
            Store store, Guest guest, Hello hello, @Nullable String connected) {
        if (store.retired.contains(guest.fingerprint())) {
            return fenced(store, hello);
        }
        return holds(store, guest)
                ? judgeKnown(store, guest, hello, connected)
                : judgeUnseen(store, guest, hello, connected);
    }

    /// The certificate was made by HQ's authority for this store, and is in no list: HQ was set back to an older image, and has
    /// forgotten that it made it; or it is so old that it has fallen out of the list.
    private static Verdict judgeUnseen(
            Store store, Guest guest, Hello hello, @Nullable String connected) {
        if (hello.epoch() < store.epoch) {
            return fenced(store, hello);
        }
        boolean newer = hello.epoch() > store.epoch && connected == null;
        if (!newer && !(hello.epoch() == store.epoch && haveMet(store, hello))) {
            // It may trade on: if another machine had taken over, this one's epoch would be lower.
            return new Verdict.Turn(
                    Refusal.UNKNOWN,
                    "HQ does not know yet that this machine is store %s: HQ was set back to an older image. Let this machine join anew, with a token from HQ"
                            .formatted(store.id),
                    null);
        }
        Store learnt = store.withFingerprints(guest.fingerprint(), "");
        return switch (judgeKnown(learnt, guest, hello, connected)) {
            case Verdict.Take take -> new Verdict.Take(take.next, "StoreCertificateLearnt");
            case Verdict.Turn turn -> turn;
        };
    }

    private static Verdict judgeKnown(
            Store before, Guest guest, Hello hello, @Nullable String connected) {
        // Where HQ itself was set back, the store still knows what HQ lost of the register.
        Store store =
                hello.epoch() > before.epoch
                        ? before.with(hello.epoch(), hello.known(), "", "")
                        : before;
        boolean sameSetBack =
                connected == null
                        && hello.epoch() == store.epoch - 1
                        && store.known.isEmpty()
                        && !store.setBackFrom.isEmpty()
                        && setBackFrom(hello).equals(store.setBackFrom);
        if (hello.epoch() < store.epoch && !sameSetBack) {
            return fenced(store, hello);
        }
        return sameSetBack || continues(store, hello)
                ? taken(store, guest, hello)
                : stranger(store, hello, connected);
    }

    private static Verdict fenced(Store store, Hello hello) {
        return new Verdict.Turn(
                Refusal.FENCED,
                hello.epoch() < store.epoch
                        ? "another machine has taken over as store %s: this one is epoch %d, and HQ is at %d"
                                .formatted(store.id, hello.epoch(), store.epoch)
                        : "the certificate that this machine shows was replaced: this is an older image of store %s, or a copy of one"
                                .formatted(store.id),
                null);
    }

    private static boolean continues(Store store, Hello hello) {
        return hello.known().equals(store.known) || haveMet(store, hello);
    }

    /// Whether the store names a start of its server that HQ knows or has in hand.
    private static boolean haveMet(Store store, Hello hello) {
        return Stream.of(store.known, store.pending)
                .filter(start -> !start.isEmpty())
                .anyMatch(start -> start.equals(hello.boot()) || start.equals(hello.known()));
    }

    private static String setBackFrom(Hello hello) {
        return hello.known().isEmpty() ? NEVER : hello.known();
    }

    private static Verdict taken(Store store, Guest guest, Hello hello) {
        boolean inHand = store.known.equals(hello.boot()) || store.pending.equals(hello.boot());
        boolean pendingWasHeard = store.pending.equals(hello.known()) && !hello.known().isEmpty();
        Store next =
                inHand
                        ? store
                        : store.withBoots(
                                pendingWasHeard ? store.pending : store.known,
                                hello.boot(),
                                store.setBackFrom);
        // The new certificate is in use: the one before is not needed any more.
        boolean inUse = guest.fingerprint().equals(store.fingerprint);
        return new Verdict.Take(inUse ? next.withFingerprints(next.fingerprint, "") : next, null);
    }

    private static Verdict stranger(Store store, Hello hello, @Nullable String connected) {
        return connected == null
                ? new Verdict.Take(
                        store.with(store.epoch + 1, "", hello.boot(), setBackFrom(hello)),
                        "StoreSetBack")
                : new Verdict.Turn(
                        Refusal.ELSEWHERE,
                        "another machine is connected as store %s: if that is a copy, switch one of them off; if this is a copy, let it join anew"
                                .formatted(store.id),
                        Duration.ofSeconds(5));
    }

    /// A store has written down that HQ knows this start of its server.
    void ready(String id, String boot) {
        if (stores.containsKey(id)) {
            change(
                    id,
                    before ->
                            before.pending.equals(boot) ? before.withBoots(boot, "", "") : before);
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

    // ---- what the mirrors hold

    /// What a store has said that a stream of its own holds; empty if it has said nothing that the database's owner does not say as well.
    Optional<String> contentType(StreamName mirror) {
        return Optional.ofNullable(contentTypes.get(mirror));
    }

    /// Writes down what a mirror holds, in the transaction that opens it.
    Home.Guard noted(StreamName mirror, String contentType) {
        return tx ->
                tx.append(CONTENT_TYPES, NewEvent.keyed(mirror.value(), Bytes.of(contentType)));
    }

    /// That transaction is durable.
    void contentType(StreamName mirror, String contentType) {
        contentTypes.put(mirror, contentType);
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
            Store after = changed(before, change.apply(before));
            if (after != null) {
                return after;
            }
        }
    }

    /// Writes what was decided about a store, if nobody has changed it since.
    ///
    /// @return null if somebody has: it is to be decided anew
    private @Nullable Store changed(Store before, Store next) {
        if (next.equals(before)) {
            return before;
        }
        Store after = next.withVersion(before.version + 1);
        boolean written;
        try {
            written = write(database, before, after);
        } catch (StreamException e) {
            unsure = true;
            throw e;
        }
        if (!written) {
            readOn();
            return null;
        }
        stores.merge(after.id, after, Estate::newer);
        return after;
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
        read(
                database,
                STORES,
                event -> {
                    Store store = store(JsonObject.parse(event.payload().copy()));
                    stores.merge(store.id, store, Estate::newer);
                });
    }

    private static void read(Streams from, StreamName stream, Consumer<Event> to) {
        long at = 0;
        while (true) {
            Read.Page page = (Read.Page) from.read(stream, at, PAGE_EVENTS, Long.MAX_VALUE);
            page.events().forEach(to);
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
                        .with("retired", store.retired)
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
                json.has("retired") ? json.texts("retired") : List.of(),
                json.number("version"));
    }

    // ---- on record

    /// A store was refused something; on record, but not again and again.
    void refused(String id, String why) {
        onRecord("StoreRefused", id, id + why, why);
    }

    /// Somebody was kept out before it was clear which store it would be. On record once an hour for each address, and not more often in
    /// an hour than some scanners fill a disk; what is left out is counted in the next one that is not.
    ///
    /// @param address from where, without the port
    /// @param why for people; is cut where it is long
    public void strangerRefused(String address, String why) {
        Instant now = clock.instant();
        strangers.values().removeIf(before -> now.isAfter(before.plus(AUDIT_EVERY)));
        if (strangers.size() >= STRANGERS_AUDITED_MAX
                || strangers.putIfAbsent(address, now) != null) {
            strangersUnrecorded.incrementAndGet();
            return;
        }
        long unrecorded = strangersUnrecorded.getAndSet(0);
        JsonObject data =
                JsonObject.empty()
                        .with("address", address)
                        .with("why", why.substring(0, Math.min(why.length(), WHY_LENGTH_MAX)))
                        .with("unrecorded", unrecorded);
        try {
            audit("StrangerRefused", data, Optional.empty());
        } catch (StreamException e) {
            // It is refused nevertheless, and on record when it happens again.
            strangers.remove(address);
            strangersUnrecorded.addAndGet(unrecorded + 1);
            LOG.log(
                    Level.ERROR,
                    "audit=failed address=%s refused=\"%s\" why=\"%s\""
                            .formatted(address, data.text("why"), e.getMessage()));
        }
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
        audit(what, data, Optional.of(Names.ofStore(id)));
    }

    private void audit(String what, JsonObject data, Optional<String> subject) {
        CloudEvent event =
                CloudEvent.of(
                        ids.next().toString(),
                        AUDIT.value(),
                        "dev.skerry.estate." + what,
                        clock.instant(),
                        data.write());
        CloudEvent about = subject.map(event::withSubject).orElse(event);
        append(database, NewEvent.of(Bytes.of(CloudEventJson.write(about))));
    }

    private static <T extends Transaction> void append(Database<T> database, NewEvent event) {
        database.write(tx -> tx.append(AUDIT, event));
    }
}
