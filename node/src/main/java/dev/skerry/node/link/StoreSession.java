package dev.skerry.node.link;

import static java.util.Objects.requireNonNull;

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
import dev.skerry.node.link.Receiver.Landed;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The store's side of one wire, from the greeting to its end. For one thread.
///
/// ```
/// GREETING ── Welcome ──► TALKING ── a fork is found ──► COMPARING ── written out ──► OVER
///     └────── Refused(FENCED) ──────────────────────────────►┘
/// ```
/// Every state may become OVER: the wire ended, HQ has not answered for too long, or one side broke the protocol.
final class StoreSession {

    private static final Logger LOG = System.getLogger(StoreSession.class.getName());

    /// So many messages are sent before what has come in is looked at again.
    private static final int SENT_AT_ONCE = 16;

    /// A line of 130 Mbit/s. Below that a run in columns is there sooner than one that goes as it is stored.
    private static final double FAST_BYTES_PER_SECOND = 16e6;

    /// So much that has come in is written in one transaction.
    private static final long LANDED_BYTES = 1024 * 1024;

    /// A line that stands still for so long is looked at, however fast it is.
    private static final Duration SILENCE_MIN = Duration.ofSeconds(1);

    /// A clock that goes back less than this has been corrected; one that goes back more measures nothing any more.
    private static final Duration SET_BACK_MIN = Duration.ofSeconds(1);

    /// Before the next wire where this one ended as it should.
    private static final Duration AGAIN_PAUSE = Duration.ofSeconds(1);

    /// After a failure of this machine, such as a full disk.
    private static final Duration FAILED_PAUSE = Duration.ofSeconds(5);

    /// A wire that lasted so long has held.
    private static final Duration HELD_AFTER = Duration.ofSeconds(5);

    private enum Phase {
        GREETING,
        TALKING,
        COMPARING,
        OVER
    }

    /// How a session came to its end.
    ///
    /// @param refused what HQ said, if it refused
    /// @param comeBackAfter null: at once
    /// @param broken one side broke the protocol, or did what nobody foresaw: trying again at once would only repeat it
    record End(
            String why,
            @Nullable Refused refused,
            @Nullable Duration comeBackAfter,
            boolean broken) {}

    /// An answer that HQ waits for before it sends more: [Ack] or [Heard].
    ///
    /// @param bytes that it was about
    private record Answer(int stream, Message message, long bytes) {}

    private final StoreSide side;
    private final Wire wire;
    private final Inbox inbox;
    private final Instant begun;

    private Phase phase = Phase.GREETING;
    private @Nullable End end;
    private @Nullable Sender sender;

    /// HQ's answer to the greeting, from when it has begun.
    private @Nullable Message greeting;

    private @Nullable Divergence divergence;

    /// That this machine is fenced has been seen by others since the step before.
    private boolean fencedBefore;

    private String hq = "";

    private final Map<Integer, Offer> offers = new HashMap<>();
    private final Map<StreamName, Integer> offered = new HashMap<>();
    private final Receiver receiver;

    /// Own streams that are fetched back, as HQ has them: by HQ's number.
    private final Map<Integer, Announce> restoring = new LinkedHashMap<>();

    /// HQ's streams: where they end there, as far as known.
    private final Map<StreamName, Long> announced = new HashMap<>();

    /// What HQ has of the store's own streams.
    private final Map<StreamName, Announce> mirrors = new LinkedHashMap<>();

    private final List<Answer> answers = new ArrayList<>();

    /// Streams put aside for an error of their own; kept by the link from one session to the next.
    private final Asides asides;

    /// Streams that were offered or followed over this wire.
    private final Set<StreamName> tried = new HashSet<>();

    /// What HQ has announced of streams that may not be tried again yet.
    private final Map<StreamName, Announce> held = new LinkedHashMap<>();

    /// Where mirrors were begun anew over this wire, by HQ's numbers.
    private final Map<Integer, Checkpoint> startedOver = new HashMap<>();

    /// Mirrors here that are to be begun anew, and why; kept by the link from one session to the next.
    private final Map<StreamName, String> outdated;

    private boolean fruitful;
    private Instant lastStep;

    /// Whether runs go in the simplest coding: the wire before ended because one of them could not be read.
    private final boolean plain;

    private Instant lastHeard;
    private @Nullable Instant pinged;
    private @Nullable Duration roundTrip;
    private @Nullable Duration skew;

    /// Says hello.
    StoreSession(
            StoreSide side,
            Wire wire,
            Inbox inbox,
            Asides asides,
            Map<StreamName, String> outdated,
            boolean plain,
            Instant now) {
        this.plain = plain;
        this.asides = asides;
        this.outdated = outdated;
        this.side = side;
        this.receiver = new Receiver(side.homes(), LANDED_BYTES);
        this.wire = wire;
        this.inbox = inbox;
        this.begun = now;
        this.lastStep = now;
        this.lastHeard = now;
        Remembered.State state = side.remembered().state();
        say(
                new Hello(
                        List.of(Messages.VERSION),
                        side.software(),
                        side.id(),
                        state.epoch(),
                        side.boot(),
                        state.known(),
                        now,
                        side.down().windowBytes(side.settings().windowBytes())));
    }

    // ---- what the link asks

    @Nullable End end() {
        return end;
    }

    boolean welcomed() {
        return phase == Phase.TALKING;
    }

    /// Whether anything got anywhere, or it held for a while: a wire on which nothing waits may end at any time.
    boolean fruitful(Instant now) {
        return fruitful || !now.isBefore(begun.plus(HELD_AFTER));
    }

    /// Whether HQ ever took it in.
    boolean wasWelcomed() {
        return sender != null;
    }

    long eventsToRestore() {
        return restoring.values().stream()
                .mapToLong(one -> Math.max(0, one.tail().offset() - endOf(one.name()).offset()))
                .sum();
    }

    String hq() {
        return hq;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    @Nullable Duration roundTrip() {
        return roundTrip;
    }

    @Nullable Duration skew() {
        return skew;
    }

    /// Where HQ's streams end there.
    Map<StreamName, Long> announced() {
        return announced;
    }

    List<Outgoing> sending() {
        return sender == null ? List.of() : sender.streams();
    }

    /// Whether HQ owes an answer longer than this line has taken so far.
    boolean silent(Instant now) {
        Duration wait = unanswered(now);
        if (wait == null || sender == null) {
            return wait != null && wait.compareTo(SILENCE_MIN) > 0;
        }
        Window window = sender.window();
        Duration usual = window.delay();
        double speed = window.bytesPerSecond();
        Duration expected =
                usual == null || speed == 0
                        ? side.settings().answerWithin().dividedBy(2)
                        : usual.multipliedBy(4)
                                .plusMillis((long) (2000 * window.onItsWay() / speed));
        return wait.compareTo(SILENCE_MIN) > 0 && wait.compareTo(expected) > 0;
    }

    /// For how long HQ has owed an answer and said nothing at all; null if it owes none.
    private @Nullable Duration unanswered(Instant now) {
        Instant since = pinged;
        if (phase == Phase.GREETING) {
            since = begun;
        }
        Instant sent = sender == null ? null : sender.window().waitingSince();
        if (sent != null && (since == null || sent.isBefore(since))) {
            since = sent;
        }
        if (since == null) {
            return null;
        }
        Instant from = since.isAfter(lastHeard) ? since : lastHeard;
        return Duration.between(from, now);
    }

    // ---- steps

    /// @return whether there may be more to do at once
    boolean step(Instant now) {
        if (phase == Phase.OVER) {
            return false;
        }
        if (now.isBefore(lastStep.minus(SET_BACK_MIN))) {
            // All that is waited for would be waited for until the clock is there again.
            hangUp("this machine's clock was set back", null);
            return true;
        }
        lastStep = now;
        try {
            boolean heard = listen(now);
            String ended = inbox.end();
            if (ended != null) {
                over(new End(ended, null, null, false));
                return true;
            }
            if (!alive(now)) {
                return true;
            }
            return speak(now) || heard;
        } catch (StreamException e) {
            hangUp("this store's disk or database failed: " + e.getMessage(), FAILED_PAUSE);
            return true;
        } catch (LinkException e) {
            breakOff("the protocol was broken: " + e.getMessage());
            return true;
        }
    }

    /// Ends it because something is wrong with one of the two sides.
    void breakOff(String why) {
        wire.close(why);
        over(new End(why, null, null, true));
    }

    /// Ends it from this side.
    void hangUp(String why, @Nullable Duration comeBackAfter) {
        wire.close(why);
        over(new End(why, null, comeBackAfter, false));
    }

    private void over(End how) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            end = how;
            inbox.close();
        }
    }

    private boolean alive(Instant now) {
        if (phase == Phase.OVER) {
            return false;
        }
        Duration wait = unanswered(now);
        if (wait != null && wait.compareTo(side.settings().answerWithin()) > 0) {
            hangUp("HQ has not answered for " + wait.toSeconds() + " s", null);
            return false;
        }
        if (pinged == null
                && phase != Phase.GREETING
                && Duration.between(lastHeard, now).compareTo(side.settings().pingEvery()) > 0) {
            pinged = now;
            say(new Ping(now));
        }
        return true;
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
        if (phase == Phase.COMPARING && !ofComparing(message)) {
            // It was on its way when this machine fenced itself.
            return;
        }
        switch (message) {
            case Welcome welcome -> {
                greeting(welcome);
                met(begun, welcome.clock(), now);
                listed(welcome.mirrors(), welcome.more());
            }
            case Refused refused -> {
                greeting(refused);
                listed(refused.mirrors(), refused.more());
            }
            case Mirrors mirrors -> listed(mirrors.mirrors(), mirrors.more());
            case Announce announce -> follow(announce);
            case StartOver over -> startOver(over);
            case Mirror mirror -> mirror(mirror);
            case Data data -> take(data.stream(), data, data.data().length());
            case Part part -> take(part.stream(), part, part.data().length());
            case Dropped dropped -> dropped(dropped);
            case Aside aside -> aside(aside);
            case Ack ack -> {
                Outgoing stream = sending("Ack").acked(ack, now);
                if (stream != null) {
                    asides.over(stream.name);
                }
                fruitful = true;
            }
            case Heard heard -> sending("Heard").heard(heard, now);
            case Sum sum -> compared(sum);
            case Ping ping -> say(new Pong(ping.clock(), now));
            case Pong pong -> pong(pong, now);
            case Hello _, Ready _, Forked _, Offer _, Ask _, Follow _ ->
                    throw LinkException.broken("only a store says " + message);
        }
    }

    private static boolean ofComparing(Message message) {
        return message instanceof Sum || message instanceof Ping || message instanceof Pong;
    }

    private Sender sending(String what) {
        if (sender == null) {
            throw LinkException.broken(what + " before Welcome");
        }
        return sender;
    }

    private void pong(Pong pong, Instant now) {
        pinged = null;
        met(pong.echo(), pong.clock(), now);
    }

    /// Something said by this clock at `sent` was answered by HQ's at `there`.
    private void met(Instant sent, Instant there, Instant now) {
        Duration trip = Duration.between(sent, now);
        if (!trip.isNegative()) {
            roundTrip = trip;
            skew = Duration.between(sent.plus(trip.dividedBy(2)), there);
        }
    }

    // ---- the greeting

    private void greeting(Message answer) {
        if (phase != Phase.GREETING || greeting != null) {
            throw LinkException.broken("a second answer to the greeting");
        }
        greeting = answer;
    }

    /// What HQ has of the store's own streams counts once it is there in full.
    private void listed(List<Announce> some, boolean more) {
        if (phase != Phase.GREETING || greeting == null) {
            throw LinkException.broken("a list of mirrors that belongs to nothing");
        }
        note(some);
        if (mirrors.size() > Receiver.STREAMS_MAX) {
            throw LinkException.broken("more than %d streams".formatted(Receiver.STREAMS_MAX));
        }
        if (!more) {
            switch (greeting) {
                case Welcome welcome -> welcome(welcome);
                case Refused refused -> refused(refused);
                default -> throw new AssertionError("no answer to a greeting: " + greeting);
            }
        }
    }

    private void welcome(Welcome welcome) {
        phase = Phase.TALKING;
        hq = welcome.hq();
        sender =
                new Sender(
                        wire,
                        new Window(Math.min(welcome.windowBytes(), side.settings().windowBytes())),
                        side.up(),
                        trouble);
        // Durable before HQ hears that it is: so HQ can tell this machine from a copy of it.
        side.remembered().write(side.remembered().state().known(welcome.epoch(), side.boot()));
        say(new Ready());
        if (side.remembered().state().fenced() != null) {
            // It was fenced before, and did not get as far as writing out what HQ lacks.
            compare();
            return;
        }
        for (Announce mirror : List.copyOf(mirrors.values())) {
            if (differs(mirror.name(), mirror.tail()).orElse(false)) {
                fence(mirror.name(), mirror.tail().offset());
                return;
            }
        }
        endMirrors(welcome.zone());
        List.copyOf(mirrors.values()).forEach(this::restoreIfBehind);
        if (phase == Phase.TALKING && !restoring.isEmpty()) {
            // Before the first of it is written: half a store's past must not be taken for the
            // whole.
            side.remembered().write(side.remembered().state().restoringNow());
        }
        restored();
    }

    /// A mirror of what is not for this store any more would stay as it is for ever, and be read as if it were true.
    private void endMirrors(String zone) {
        for (StreamInfo info : side.homes().matching(Names.writtenByHq())) {
            StreamName name = info.name();
            if (Names.inScope(name, side.id(), zone)) {
                continue;
            }
            try {
                side.homes().of(name).delete(name);
                outdated.remove(name);
                LOG.log(Level.INFO, "mirror=ended name=%s zone=%s".formatted(name, zone));
            } catch (StreamException e) {
                // A full disk, say: not a reason to send no sales. The next wire tries again.
                outdated.put(
                        name,
                        "is not for a store of zone %s, and could not be deleted: %s"
                                .formatted(zone, e.getMessage()));
            }
        }
    }

    private void restored() {
        if (restoring.isEmpty() && phase == Phase.TALKING) {
            side.remembered().write(side.remembered().state().restored());
        }
    }

    private void note(List<Announce> all) {
        for (Announce mirror : all) {
            if (!Names.isOf(side.id(), mirror.name())) {
                throw LinkException.broken("a mirror of somebody else's stream: " + mirror.name());
            }
            mirrors.put(mirror.name(), mirror);
        }
    }

    /// As [#agrees], turned round; empty if it cannot be read here.
    private Optional<Boolean> differs(StreamName stream, Checkpoint there) {
        return alone(stream, () -> !agrees(stream, there));
    }

    /// Whether what HQ has is what is here, as far as both go.
    private boolean agrees(StreamName stream, Checkpoint there) {
        Optional<StreamInfo> info = side.homes().find(stream);
        if (info.isEmpty() || there.offset() > info.get().tail()) {
            return true;
        }
        return side.homes()
                .of(stream)
                .streams()
                .checksumAt(stream, there.offset())
                .map(there::equals)
                .orElseGet(() -> mayHaveForgotten(info.get(), there.offset()));
    }

    /// The checksum at an offset is gone where everything around it was dropped or compacted. That is done only to what HQ has
    /// ([StoreLink#mayCompact]), so HQ, unless it was set back, asks about a place above it.
    private boolean mayHaveForgotten(StreamInfo stream, long offset) {
        long had = StoreLink.passed(side.homes().of(stream.name()).streams(), stream.name());
        return !stream.settings().compacted() || offset <= stream.start() || offset < had;
    }

    private void restoreIfBehind(Announce mirror) {
        if (phase != Phase.TALKING) {
            return;
        }
        Checkpoint here = endOf(mirror.name());
        if (here.offset() < mirror.tail().offset()) {
            restoring.put(mirror.stream(), mirror);
            begin(mirror, here);
        }
    }

    private Checkpoint endOf(StreamName stream) {
        return side.homes()
                .find(stream)
                .map(info -> new Checkpoint(info.tail(), info.checksum()))
                .orElse(Checkpoint.START);
    }

    private void refused(Refused refused) {
        if (refused.refusal() == Refusal.FENCED) {
            side.remembered().write(side.remembered().state().fencedBecause(refused.why()));
            compare();
            return;
        }
        Long pauseMs = refused.comeBackAfterMs();
        wire.close("refused");
        over(
                new End(
                        refused.why(),
                        refused,
                        pauseMs == null ? side.settings().backOffMax() : Duration.ofMillis(pauseMs),
                        false));
    }

    // ---- fenced

    private void fence(StreamName stream, long offset) {
        String why =
                "what this machine wrote to %s before offset %d is not what HQ has of it"
                        .formatted(stream, offset);
        side.remembered().write(side.remembered().state().fencedBecause(why));
        say(new Forked(stream, offset));
        compare();
    }

    private void compare() {
        phase = Phase.COMPARING;
        restoring.clear();
        divergence =
                new Divergence(
                        side.homes(),
                        side.homes().matching(Names.written(side.id())),
                        List.copyOf(mirrors.values()));
        ask();
    }

    private void compared(Sum sum) {
        if (divergence == null) {
            throw LinkException.broken("a checksum that was not asked for");
        }
        divergence.answered(sum);
        ask();
    }

    private void ask() {
        Ask question = requireNonNull(divergence).question();
        if (question != null) {
            say(question);
        }
    }

    /// Not in the step in which this machine fenced itself: until then others were told that it may write.
    private void export() {
        Divergence found = requireNonNull(divergence);
        Remembered.State state = side.remembered().state();
        String name = "%s-epoch-%d".formatted(Names.ofStore(side.id()), state.epoch());
        String file = side.export().write(name, requireNonNull(state.fenced()), found::events);
        side.remembered().write(state.exportedTo(file));
        hangUp("fenced", null);
    }

    // ---- down

    private void follow(Announce announce) {
        if (!Names.isOfHq(announce.name())) {
            throw LinkException.broken("HQ does not write " + announce.name());
        }
        announced.put(announce.name(), announce.tail().offset());
        if (!receiver.knows(announce.stream())) {
            begin(announce, endOf(announce.name()));
        }
    }

    private void begin(Announce announce, Checkpoint from) {
        if (!asides.mayTry(announce.name(), lastStep)) {
            held.put(announce.name(), announce);
            return;
        }
        trying(announce.name());
        Home<?> home = side.homes().of(announce.name());
        boolean otherKind =
                side.homes()
                        .find(announce.name())
                        .filter(info -> info.settings().compacted() != announce.compacted())
                        .isPresent();
        if (otherKind && Names.isOf(side.id(), announce.name())) {
            fence(announce.name(), from.offset());
            return;
        }
        boolean changed = otherKind || outdated.remove(announce.name()) != null;
        Checkpoint at = changed ? Checkpoint.START : from;
        if (changed) {
            home.startOver(announce.name(), announce.compacted(), announce.contentType(), at);
        } else {
            home.opened(
                    announce.name(), announce.compacted(), announce.contentType(), at, Guard.NONE);
        }
        follow(
                announce.stream(),
                announce.name(),
                announce.compacted(),
                announce.contentType(),
                at);
        if (at.offset() >= announce.tail().offset()) {
            asides.over(announce.name());
        }
    }

    private void follow(
            int number, StreamName name, boolean compacted, String contentType, Checkpoint from) {
        receiver.put(number, new Incoming(name, compacted, contentType, from));
        say(new Follow(number, from));
    }

    private void startOver(StartOver over) {
        if (receiver.passesOver(over.stream())) {
            return;
        }
        land();
        Incoming before = receiver.of(over.stream());
        if (Names.isOf(side.id(), before.name) && before.end().offset() > 0) {
            // What is here of the store's own is no beginning of what HQ has.
            fence(before.name, before.end().offset());
            return;
        }
        if (over.at().equals(startedOver.put(over.stream(), over.at()))) {
            refuse(over.stream(), "HQ has it begun anew again and again");
            return;
        }
        side.homes()
                .of(before.name)
                .startOver(before.name, before.compacted, before.contentType, over.at());
        // HQ counts anew from there.
        answers.removeIf(answer -> answer.stream() == over.stream());
        follow(over.stream(), before.name, before.compacted, before.contentType, over.at());
        // Where HQ has nothing after it, nothing more will come.
        landed(over.stream(), over.at().offset());
        restored();
    }

    /// Deletions that this mirror has not seen are gone at HQ: the mirror would keep for ever what they delete.
    private void dropped(Dropped dropped) {
        if (receiver.passesOver(dropped.stream())) {
            return;
        }
        land();
        Incoming stream = receiver.of(dropped.stream());
        long end = stream.end().offset();
        if (end > 0
                && dropped.offset()
                        > Math.max(end, side.homes().of(stream.name).dropped(stream.name))) {
            String why = "was away for longer than HQ keeps deletions, and begins anew";
            outdated.put(stream.name, why);
            hangUp(stream.name + " " + why, AGAIN_PAUSE);
            return;
        }
        stream.dropped(dropped);
        say(new Heard(dropped.stream()));
    }

    /// HQ has compared where the mirror ends with what it has: a run that does not continue it is damaged there, and making the mirror
    /// anew would only delete what is good.
    private void take(int number, Message message, long bytes) {
        if (receiver.passesOver(number)) {
            return;
        }
        Arrival arrival;
        try {
            arrival = receiver.take(number, message);
        } catch (StreamException e) {
            refuse(number, e.getMessage());
            return;
        }
        arrived(number, arrival, bytes);
    }

    // ---- aside

    /// Takes nothing more of a stream over this wire.
    private void refuse(int number, String why) {
        land();
        StreamName name = receiver.aside(number);
        if (name != null) {
            answers.removeIf(answer -> answer.stream() == number);
            putAside(name, why);
            say(new Aside(number, false, why));
        }
    }

    /// HQ cannot go on with one stream.
    private void aside(Aside aside) {
        StreamName name;
        if (aside.sends()) {
            land();
            name = receiver.aside(aside.stream());
        } else {
            Outgoing stream = sending("Aside").refused(aside.stream());
            name = stream == null ? null : stream.name;
        }
        if (name != null) {
            putAside(name, aside.why());
        }
    }

    private void putAside(StreamName name, String why) {
        asides.put(name, why, lastStep);
        LOG.log(Level.ERROR, "stream=aside name=%s why=\"%s\"".formatted(name, why));
    }

    private void trying(StreamName name) {
        tried.add(name);
        asides.tried(name);
    }

    /// Looks at one stream. Where it cannot be read it is put aside, and all others go on.
    ///
    /// @return empty if it cannot be read
    private <T> Optional<T> alone(StreamName name, Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (StreamException e) {
            if (e.kind() == StreamException.Kind.CLOSED) {
                throw e;
            }
            tried.add(name);
            putAside(name, e.getMessage());
            return Optional.empty();
        }
    }

    /// What was put aside is tried again after a pause: over another wire, because over this one something of it may be on its way yet.
    private void tryAgain(Instant now) {
        for (StreamName name : asides.due(now)) {
            if (tried.contains(name)) {
                hangUp("to try again what was put aside: " + name, null);
                return;
            }
            Announce announce = held.remove(name);
            if (announce != null) {
                begin(announce, endOf(name));
            }
        }
    }

    private void arrived(int number, @Nullable Arrival arrival, long bytes) {
        if (arrival == null) {
            answers.add(new Answer(number, new Heard(number), bytes));
        } else if (receiver.arrived(number, arrival, bytes)) {
            land();
        }
    }

    /// Writes what has come in; then HQ may be told.
    private void land() {
        List<Landed> all = receiver.land(Guard.NONE);
        if (all.isEmpty()) {
            return;
        }
        for (Landed one : all) {
            landed(one.stream(), one.tail());
            answers.add(new Answer(one.stream(), new Ack(one.stream(), one.tail()), one.bytes()));
        }
        fruitful = true;
        restored();
    }

    private void landed(int number, long tail) {
        StreamName name = receiver.of(number).name;
        asides.over(name);
        announced.computeIfPresent(name, (_, known) -> Math.max(known, tail));
        Announce wanted = restoring.get(number);
        if (wanted != null && tail >= wanted.tail().offset()) {
            restoring.remove(number);
        }
    }

    // ---- up

    private void mirror(Mirror mirror) {
        Offer offer = offers.remove(mirror.stream());
        if (offer == null) {
            throw LinkException.broken("an answer to no offer: " + mirror.stream());
        }
        StreamName name = offer.name();
        long tail = endOf(name).offset();
        Optional<Boolean> differs =
                mirror.tail().offset() > tail ? Optional.of(true) : differs(name, mirror.tail());
        if (differs.isEmpty()) {
            say(new Aside(mirror.stream(), true, "the store cannot read it"));
            return;
        }
        if (differs.get()) {
            mirrors.put(
                    name,
                    new Announce(0, name, offer.compacted(), offer.contentType(), mirror.tail()));
            fence(name, Math.min(tail, mirror.tail().offset()));
            return;
        }
        boolean again = asides.why(name) != null;
        if (mirror.tail().offset() == tail) {
            asides.over(name);
        }
        sending("Mirror")
                .add(
                        new Outgoing(
                                mirror.stream(),
                                name,
                                side.lanes().of(name),
                                side.homes().of(name).streams(),
                                // In the simplest coding where it was put aside before.
                                maker(plain || again),
                                mirror.tail().offset()));
    }

    private Run.Maker maker(boolean simplest) {
        Packing packing = Packing.up(side.codecs(), simplest, this::thrifty);
        return simplest ? packing : side.ahead().maker(packing);
    }

    /// Whether bytes are dearer than time: on a line of which more is not known, or that is slower than we can write small.
    private boolean thrifty() {
        return sending("nothing").window().bytesPerSecond() < FAST_BYTES_PER_SECOND;
    }

    private void offerNew() {
        Set<StreamName> fetched = new HashSet<>();
        restoring.values().forEach(one -> fetched.add(one.name()));
        for (StreamInfo info : side.homes().matching(Names.written(side.id()))) {
            StreamName name = info.name();
            if (offered.containsKey(name)
                    || fetched.contains(name)
                    || !asides.mayTry(name, lastStep)) {
                continue;
            }
            Home<?> home = side.homes().of(name);
            Optional<Checkpoint> start =
                    alone(
                            name,
                            () ->
                                    home.streams()
                                            .checksumAt(name, info.start())
                                            .orElse(Checkpoint.START));
            if (start.isEmpty()) {
                continue;
            }
            trying(name);
            int number = offered.size() + 1;
            offered.put(name, number);
            Offer offer =
                    new Offer(
                            number,
                            name,
                            info.settings().compacted(),
                            home.contentType(name),
                            start.get());
            offers.put(number, offer);
            say(offer);
        }
    }

    private boolean speak(Instant now) {
        boolean spoke = false;
        while (!answers.isEmpty() && side.down().free(now)) {
            Answer answer = answers.removeFirst();
            side.down().took(answer.bytes(), now);
            say(answer.message());
            spoke = true;
        }
        Divergence compared = divergence;
        if (phase == Phase.COMPARING && compared != null && compared.question() == null) {
            if (fencedBefore) {
                export();
            }
            fencedBefore = true;
            return true;
        }
        if (phase != Phase.TALKING) {
            return spoke;
        }
        tryAgain(now);
        if (phase != Phase.TALKING) {
            return true;
        }
        offerNew();
        Sender up = sending("nothing");
        for (int i = 0; i < SENT_AT_ONCE && up.sendOne(now); i++) {
            spoke = true;
        }
        return spoke;
    }

    /// What happens to a stream that cannot be sent.
    private final Sender.Trouble trouble =
            new Sender.Trouble() {
                @Override
                public void dropped(Outgoing stream) {
                    throw new AssertionError("gaps are bridged on the way up");
                }

                @Override
                public void failed(Outgoing stream, StreamException e) {
                    putAside(stream.name, e.getMessage());
                    say(new Aside(stream.number, true, "the store cannot read it"));
                }
            };
}
