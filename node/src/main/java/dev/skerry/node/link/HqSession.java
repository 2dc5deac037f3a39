package dev.skerry.node.link;

import dev.skerry.language.JsonObject;
import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Estate.Fenced;
import dev.skerry.node.link.Estate.Greeting;
import dev.skerry.node.link.Home.Arrival;
import dev.skerry.node.link.Home.Guard;
import dev.skerry.node.link.Message.Ack;
import dev.skerry.node.link.Message.Announce;
import dev.skerry.node.link.Message.Aside;
import dev.skerry.node.link.Message.Ask;
import dev.skerry.node.link.Message.Data;
import dev.skerry.node.link.Message.Dropped;
import dev.skerry.node.link.Message.Follow;
import dev.skerry.node.link.Message.Forked;
import dev.skerry.node.link.Message.Heard;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.node.link.Message.Mirror;
import dev.skerry.node.link.Message.Mirrors;
import dev.skerry.node.link.Message.Offer;
import dev.skerry.node.link.Message.Part;
import dev.skerry.node.link.Message.Ping;
import dev.skerry.node.link.Message.Pong;
import dev.skerry.node.link.Message.Ready;
import dev.skerry.node.link.Message.Refusal;
import dev.skerry.node.link.Message.Refused;
import dev.skerry.node.link.Message.StartOver;
import dev.skerry.node.link.Message.Sum;
import dev.skerry.node.link.Message.Welcome;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.stream.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// HQ's side of one wire, from a store's greeting to its end. To be stepped on news, and about once a second.
///
/// ```
/// GREETING ── taken in ──► WELCOMED ── Ready ──► TALKING
///     ├────── fenced ────► FENCED (answers Ask, and nothing else)
///     └────── refused ───► REFUSED (waits for the store to hang up)
/// ```
/// Every state may become OVER.
final class HqSession implements Steps {

    private static final Logger LOG = System.getLogger(HqSession.class.getName());

    private static final int SENT_AT_ONCE = 16;

    /// So much that has come in is written in one transaction.
    private static final long LANDED_BYTES = 4 * 1024 * 1024;

    /// The longest content type of a stream that a store may offer, in characters.
    private static final int CONTENT_TYPE_LENGTH_MAX = 256;

    private enum Phase {
        GREETING,
        WELCOMED,
        TALKING,
        FENCED,
        REFUSED,
        OVER
    }

    private final HqLink hq;
    private final Guest guest;
    private final Wire wire;
    private final Inbox inbox;
    private final String name;
    private final Instant begun;

    private Phase phase = Phase.GREETING;
    private volatile Runnable onNews = () -> {};
    private volatile boolean replaced;
    private volatile boolean doubted;
    private volatile Instant lastHeard;

    private boolean greeted;
    private String store = "";
    private String zone = "";
    private long epoch;
    private volatile String boot = "";
    private volatile String software = "";
    private volatile @Nullable Duration skew;
    private @Nullable Instant doubtedSince;
    private @Nullable Sender sender;

    /// The store's streams: by its numbers.
    private final Receiver receiver;

    /// What this store was told that it may follow: by HQ's numbers.
    private final Map<Integer, StreamInfo> announced = new HashMap<>();

    private long announcedUpTo = -1;

    HqSession(HqLink hq, Guest guest, Wire wire, long number) {
        this.hq = hq;
        this.guest = guest;
        this.receiver = new Receiver(hq.homes(), LANDED_BYTES);
        this.wire = wire;
        this.inbox = new Inbox(() -> onNews.run(), Inbox.BYTES_MAX);
        this.name = "link %s #%d".formatted(guest.name(), number);
        this.begun = hq.clock().instant();
        this.lastHeard = begun;
    }

    // ---- for other threads

    Inbox inbox() {
        return inbox;
    }

    String boot() {
        return boot;
    }

    String software() {
        return software;
    }

    String address() {
        return guest.address();
    }

    Instant begun() {
        return begun;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    @Nullable Duration skew() {
        return skew;
    }

    /// The same machine has come over another wire, or the store has a new one.
    void replace() {
        replaced = true;
        onNews.run();
    }

    /// Somebody else says that he is this store: is this one still there?
    void doubt() {
        doubted = true;
        onNews.run();
    }

    /// There may be something to send.
    void news() {
        onNews.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Watch watch(Runnable news) {
        onNews = news;
        return () -> onNews = () -> {};
    }

    // ---- steps

    @Override
    public Step step() {
        if (phase == Phase.OVER) {
            return new Step.CaughtUp(0);
        }
        Instant now = hq.clock().instant();
        try {
            boolean heard = listen(now);
            String ended = inbox.end();
            if (ended != null) {
                over(ended);
            } else if (replaced) {
                hangUp("the store has come over another wire");
            } else if (alive(now)) {
                return speak(now) || heard ? new Step.Moved(0, 0) : new Step.CaughtUp(0);
            }
        } catch (Fenced e) {
            hq.estate().doubt();
            hq.estate().refused(store, String.valueOf(e.getMessage()));
            hangUp("fenced");
        } catch (LinkException e) {
            hq.estate().refused(idForRecord(), String.valueOf(e.getMessage()));
            hangUp(String.valueOf(e.getMessage()));
        } catch (StreamException e) {
            if (e.kind() == StreamException.Kind.PEER_FAULTY) {
                hq.estate().refused(idForRecord(), e.getMessage());
                hangUp(e.getMessage());
            } else {
                LOG.log(
                        Level.ERROR,
                        "link=failed store=" + store + " why=\"" + e.getMessage() + "\"");
                hangUp("HQ's disk or database failed");
            }
        } catch (RuntimeException e) {
            // What nobody foresaw ends this wire, and no other.
            LOG.log(
                    Level.ERROR,
                    "link=failed store=" + store + " remedy=\"report this, with what follows\"",
                    e);
            hangUp("HQ failed");
        }
        return new Step.CaughtUp(0);
    }

    private String idForRecord() {
        return store.isEmpty() ? Estate.idOf(guest) : store;
    }

    private boolean alive(Instant now) {
        if (phase == Phase.OVER) {
            return false;
        }
        if (now.isBefore(lastHeard)) {
            // HQ's clock was set back: silence is measured anew.
            lastHeard = now;
            doubtedSince = doubtedSince == null ? null : now;
        }
        if (doubted && doubtedSince == null) {
            doubtedSince = now;
            say(new Ping(now));
        }
        Instant since = doubtedSince;
        if (since != null && lastHeard.isAfter(since)) {
            doubted = false;
            doubtedSince = null;
        } else if (since != null && older(since, hq.settings().probation(), now)) {
            hangUp("no answer, and another machine says that it is this store");
            return false;
        }
        boolean greeting = phase == Phase.GREETING || phase == Phase.REFUSED;
        if (greeting && older(begun, hq.settings().silenceMax(), now)) {
            hangUp("no greeting within " + hq.settings().silenceMax().toSeconds() + " s");
            return false;
        }
        if (older(lastHeard, hq.settings().silenceMax(), now)) {
            hangUp("nothing heard for " + hq.settings().silenceMax().toSeconds() + " s");
            return false;
        }
        return true;
    }

    private static boolean older(Instant moment, Duration age, Instant now) {
        return now.isAfter(moment.plus(age));
    }

    private void hangUp(String why) {
        wire.close(why);
        over(why);
    }

    private void over(String why) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            inbox.close();
            hq.ended(this, greeted, store, why);
        }
    }

    private void say(Message message) {
        wire.send(Messages.write(message));
    }

    // ---- listening

    private boolean listen(Instant now) {
        List<Bytes> messages = inbox.take();
        for (Bytes bytes : messages) {
            lastHeard = now;
            Message message = Messages.read(bytes);
            if (message != null && phase != Phase.OVER) {
                hear(message, now);
            }
        }
        land();
        return !messages.isEmpty();
    }

    private void hear(Message message, Instant now) {
        switch (message) {
            case Hello hello -> hello(hello, now);
            case Ping ping -> say(new Pong(ping.clock(), now));
            case Pong _ -> {}
            case Ask ask -> sum(ask);
            case Ready _ -> ready();
            case Forked forked -> forked(forked);
            default -> {
                if (phase != Phase.TALKING) {
                    throw LinkException.broken("said before its time: " + message);
                }
                talk(message, now);
            }
        }
    }

    private void talk(Message message, Instant now) {
        switch (message) {
            case Offer offer -> offer(offer);
            case Follow follow -> follow(follow);
            case Data data -> take(data.stream(), data);
            case Part part -> take(part.stream(), part);
            case Dropped dropped -> {
                if (!receiver.passesOver(dropped.stream())) {
                    receiver.of(dropped.stream()).dropped(dropped);
                    say(new Heard(dropped.stream()));
                }
            }
            case Aside aside -> aside(aside);
            case Ack ack -> sending().acked(ack, now);
            case Heard heard -> sending().heard(heard, now);
            default -> throw LinkException.broken("only HQ says " + message);
        }
    }

    private Sender sending() {
        if (sender == null) {
            throw LinkException.broken("an answer before the greeting");
        }
        return sender;
    }

    // ---- the greeting

    private void hello(Hello hello, Instant now) {
        if (phase != Phase.GREETING) {
            throw LinkException.broken("a second Hello");
        }
        if (!hello.versions().contains(Messages.VERSION)) {
            refuse(
                    Refusal.VERSION,
                    "HQ speaks version %d of the link, and this store %s: update the older of the two"
                            .formatted(Messages.VERSION, hello.versions()),
                    null,
                    List.of());
            return;
        }
        switch (hq.greet(this, guest, hello)) {
            case Greeting.Accepted accepted -> welcome(accepted, hello, now);
            case Greeting.Turned turned -> {
                boolean fenced = turned.refusal() == Refusal.FENCED;
                Duration pause = turned.comeBackAfter();
                refuse(
                        turned.refusal(),
                        turned.why(),
                        pause == null ? null : pause.toMillis(),
                        fenced ? mirrors(hello.store()) : List.of());
                if (fenced) {
                    store = hello.store();
                    phase = Phase.FENCED;
                }
            }
        }
    }

    private void refuse(
            Refusal refusal, String why, @Nullable Long comeBackAfterMs, List<Announce> mirrors) {
        List<List<Announce>> pieces = Messages.pieces(mirrors);
        say(new Refused(refusal, why, comeBackAfterMs, pieces.getFirst(), pieces.size() > 1));
        sayRest(pieces);
        if (refusal != Refusal.FENCED) {
            phase = Phase.REFUSED;
            LOG.log(Level.WARNING, "link=refused store=" + guest.name() + " why=\"" + why + "\"");
        }
    }

    private void welcome(Greeting.Accepted accepted, Hello hello, Instant now) {
        phase = Phase.WELCOMED;
        store = hello.store();
        zone = accepted.store().zone();
        epoch = accepted.store().epoch();
        software = hello.software();
        skew = Duration.between(now, hello.clock());
        sender =
                new Sender(
                        wire,
                        new Window(Math.min(hello.windowBytes(), hq.settings().windowBytes())),
                        Bandwidth.unlimited(),
                        new Trouble());
        List<List<Announce>> pieces = Messages.pieces(mirrors(store));
        say(
                new Welcome(
                        Messages.VERSION,
                        hq.software(),
                        hq.called(),
                        epoch,
                        accepted.store().name(),
                        zone,
                        now,
                        hq.settings().windowBytes(),
                        pieces.getFirst(),
                        pieces.size() > 1));
        sayRest(pieces);
    }

    private void sayRest(List<List<Announce>> pieces) {
        for (int i = 1; i < pieces.size(); i++) {
            say(new Mirrors(pieces.get(i), i + 1 < pieces.size()));
        }
    }

    /// Called while the greeting is judged, so that nobody sees a session without it.
    void is(Hello hello) {
        boot = hello.boot();
    }

    void greeted() {
        greeted = true;
    }

    private List<Announce> mirrors(String id) {
        return hq.homes().matching(Names.written(id)).stream().map(this::announce).toList();
    }

    private Announce announce(StreamInfo info) {
        int number = hq.number(info.name());
        announced.put(number, info);
        return new Announce(
                number,
                info.name(),
                info.settings().compacted(),
                contentType(info.name()),
                new Checkpoint(info.tail(), info.checksum()));
    }

    private String contentType(StreamName stream) {
        return hq.estate()
                .contentType(stream)
                .orElseGet(() -> hq.homes().of(stream).contentType(stream));
    }

    private void ready() {
        if (phase != Phase.WELCOMED) {
            throw LinkException.broken("Ready without Welcome");
        }
        hq.estate().ready(store, boot);
        phase = Phase.TALKING;
        LOG.log(Level.INFO, "link=up store=%s epoch=%d".formatted(store, epoch));
    }

    private void forked(Forked forked) {
        if (phase != Phase.TALKING) {
            throw LinkException.broken("Forked before the greeting, or again");
        }
        String why =
                "what the store wrote to %s is not what HQ has of it, at or before offset %d"
                        .formatted(forked.name(), forked.offset());
        LOG.log(Level.ERROR, "link=forked store=" + store + " why=\"" + why + "\"");
        hq.estate()
                .audit(
                        "StoreForked",
                        idForRecord(),
                        JsonObject.empty().with("why", why).with("epoch", epoch));
        phase = Phase.FENCED;
    }

    private void sum(Ask ask) {
        if (phase != Phase.TALKING && phase != Phase.FENCED) {
            throw LinkException.broken("Ask before the greeting");
        }
        requireOwn(ask.name(), "read");
        Checkpoint found =
                hq.homes()
                        .of(ask.name())
                        .streams()
                        .checksum(ask.name(), ask.offset())
                        .orElse(Checkpoint.START);
        say(new Sum(ask.name(), found));
    }

    private void requireOwn(StreamName stream, String what) {
        if (!Names.isOf(store, stream)) {
            throw LinkException.broken(
                    "store %s may %s its own streams only, and not %s"
                            .formatted(store, what, stream));
        }
    }

    // ---- up

    private void offer(Offer offer) {
        requireOwn(offer.name(), "write");
        if (offer.contentType().length() > CONTENT_TYPE_LENGTH_MAX) {
            throw LinkException.broken("a content type of " + offer.contentType().length());
        }
        if (receiver.knows(offer.stream())) {
            throw LinkException.broken("a second offer of number " + offer.stream());
        }
        // What was fetched back from here is not to be sent there again.
        sending().remove(hq.number(offer.name()));
        Guard guard = hq.estate().guard(store, epoch);
        boolean news = !offer.contentType().equals(contentType(offer.name()));
        Checkpoint end =
                hq.homes()
                        .of(offer.name())
                        .opened(
                                offer.name(),
                                offer.compacted(),
                                offer.contentType(),
                                offer.start(),
                                news
                                        ? guard.and(
                                                hq.estate()
                                                        .noted(offer.name(), offer.contentType()))
                                        : guard);
        if (news) {
            hq.estate().contentType(offer.name(), offer.contentType());
        }
        receiver.put(
                offer.stream(),
                new Incoming(offer.name(), offer.compacted(), offer.contentType(), end));
        say(new Mirror(offer.stream(), end));
    }

    /// A run that is not what it says puts its stream aside, and no other.
    private void take(int number, Message message) {
        if (receiver.passesOver(number)) {
            return;
        }
        Arrival arrival;
        try {
            arrival = receiver.take(number, message);
        } catch (StreamException e) {
            land();
            receiver.aside(number);
            hq.estate().refused(store, e.getMessage());
            say(new Aside(number, false, e.getMessage()));
            return;
        }
        arrived(number, arrival);
    }

    /// The store cannot go on with one stream.
    private void aside(Aside aside) {
        StreamName name;
        if (aside.sends()) {
            land();
            name = receiver.aside(aside.stream());
        } else {
            Outgoing stream = sending().refused(aside.stream());
            name = stream == null ? null : stream.name;
            if (name != null) {
                hq.runs().forget(name);
            }
        }
        if (name != null) {
            LOG.log(
                    Level.WARNING,
                    "stream=aside store=%s name=%s why=\"%s\"".formatted(store, name, aside.why()));
        }
    }

    private void arrived(int number, @Nullable Arrival arrival) {
        if (arrival == null) {
            say(new Heard(number));
        } else if (receiver.arrived(number, arrival, 0)) {
            land();
        }
    }

    /// Writes what has come in; then the store is told.
    private void land() {
        receiver.land(hq.estate().guard(store, epoch))
                .forEach(landed -> say(new Ack(landed.stream(), landed.tail())));
    }

    // ---- down

    private void announceNew() {
        HqLink.Written all = hq.written();
        if (all.version() == announcedUpTo) {
            return;
        }
        announcedUpTo = all.version();
        for (StreamName stream : all.streams()) {
            if (Names.inScope(stream, store, zone) && !announced.containsKey(hq.number(stream))) {
                hq.homes().find(stream).ifPresent(info -> say(announce(info)));
            }
        }
    }

    private void follow(Follow follow) {
        StreamInfo info = announced.get(follow.stream());
        if (info == null) {
            throw LinkException.broken("a stream that was not announced: " + follow.stream());
        }
        StreamName stream = info.name();
        Home<?> home = hq.homes().of(stream);
        Checkpoint from = follow.from();
        try {
            if (!agrees(stream, from)) {
                startOver(follow.stream(), stream);
                return;
            }
        } catch (StreamException e) {
            failed(follow.stream(), stream, e);
            return;
        }
        sending().remove(follow.stream());
        sending()
                .add(
                        new Outgoing(
                                follow.stream(),
                                stream,
                                hq.lanes().of(stream),
                                home.streams(),
                                hq.runs(),
                                from.offset()));
    }

    /// Whether what the store has of a stream is a beginning of what is here. Where compaction has taken the checksum away nobody knows:
    /// of HQ's own streams the store has a copy, and gets the rest; of the store's it may have written something else.
    private boolean agrees(StreamName stream, Checkpoint from) {
        return from.equals(Checkpoint.START)
                || (from.offset() <= hq.homes().find(stream).map(StreamInfo::tail).orElse(0L)
                        && hq.homes()
                                .of(stream)
                                .streams()
                                .checksumAt(stream, from.offset())
                                .map(from::equals)
                                .orElse(!Names.isOf(store, stream)));
    }

    private void startOver(int number, StreamName stream) {
        long start = hq.homes().find(stream).map(StreamInfo::start).orElse(0L);
        Checkpoint at =
                hq.homes().of(stream).streams().checksumAt(stream, start).orElse(Checkpoint.START);
        say(new StartOver(number, at));
    }

    /// The store is told, and goes on with all others.
    private void failed(int number, StreamName stream, StreamException e) {
        LOG.log(
                Level.ERROR,
                "stream=unreadable name=%s why=\"%s\"".formatted(stream, e.getMessage()));
        say(new Aside(number, true, "HQ cannot read it: " + e.getMessage()));
    }

    private boolean speak(Instant now) {
        if (phase != Phase.TALKING) {
            return false;
        }
        if (hq.estate().find(store).filter(known -> !known.zone().equals(zone)).isPresent()) {
            hangUp("the store is of another zone now");
            return false;
        }
        announceNew();
        Sender down = sending();
        int sent = 0;
        while (sent < SENT_AT_ONCE && down.sendOne(now)) {
            sent++;
        }
        return sent > 0;
    }

    /// What happens to a stream that cannot be sent.
    private final class Trouble implements Sender.Trouble {

        @Override
        public void dropped(Outgoing stream) {
            startOver(stream.number, stream.name);
        }

        @Override
        public void failed(Outgoing stream, StreamException e) {
            HqSession.this.failed(stream.number, stream.name, e);
        }
    }
}
