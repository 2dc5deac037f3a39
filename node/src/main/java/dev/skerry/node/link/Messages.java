package dev.skerry.node.link;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.link.Message.Ack;
import dev.skerry.node.link.Message.Announce;
import dev.skerry.node.link.Message.Aside;
import dev.skerry.node.link.Message.Ask;
import dev.skerry.node.link.Message.Coding;
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
import dev.skerry.stream.Checksum;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages as bytes: the first says which, the rest is JSON where people may want to read it, and varints where every byte
/// counts. Any thread.
final class Messages {

    /// The version of the protocol that this code speaks.
    static final int VERSION = 1;

    private static final int HELLO = 1;
    private static final int WELCOME = 2;
    private static final int REFUSED = 3;
    private static final int READY = 4;
    private static final int OFFER = 5;
    private static final int MIRROR = 6;
    private static final int ASK = 7;
    private static final int SUM = 8;
    private static final int ANNOUNCE = 9;
    private static final int FOLLOW = 10;
    private static final int START_OVER = 11;
    private static final int DATA = 12;
    private static final int PART = 13;
    private static final int ACK = 14;
    private static final int HEARD = 15;
    private static final int PING = 16;
    private static final int PONG = 17;
    private static final int FORKED = 18;
    private static final int DROPPED = 19;
    private static final int ASIDE = 20;
    private static final int MIRRORS = 21;

    private static final int MORE = 0x80;

    /// So much of a list goes into one message, and one entry more.
    private static final int LIST_BYTES_MAX = 256 * 1024;

    private Messages() {}

    // ---- writing

    static Bytes write(Message message) {
        return switch (message) {
            case Hello hello ->
                    json(
                            HELLO,
                            JsonObject.empty()
                                    .with(
                                            "versions",
                                            hello.versions().stream().map(Long::valueOf).toList())
                                    .with("software", hello.software())
                                    .with("store", hello.store())
                                    .with("epoch", hello.epoch())
                                    .with("boot", hello.boot())
                                    .with("known", hello.known())
                                    .with("clock", hello.clock().toEpochMilli())
                                    .with("windowBytes", hello.windowBytes()));
            case Welcome welcome ->
                    json(
                            WELCOME,
                            listing(
                                    welcome.mirrors(),
                                    welcome.more(),
                                    JsonObject.empty()
                                            .with("version", welcome.version())
                                            .with("software", welcome.software())
                                            .with("hq", welcome.hq())
                                            .with("epoch", welcome.epoch())
                                            .with("name", welcome.displayName())
                                            .with("zone", welcome.zone())
                                            .with("clock", welcome.clock().toEpochMilli())
                                            .with("windowBytes", welcome.windowBytes())));
            case Refused refused -> {
                JsonObject json =
                        JsonObject.empty()
                                .with("refusal", refused.refusal().name())
                                .with("why", refused.why());
                Long after = refused.comeBackAfterMs();
                if (after != null) {
                    json = json.with("comeBackAfterMs", after);
                }
                yield json(REFUSED, listing(refused.mirrors(), refused.more(), json));
            }
            case Mirrors mirrors ->
                    json(MIRRORS, listing(mirrors.mirrors(), mirrors.more(), JsonObject.empty()));
            case Ready _ -> new Out(READY).bytes();
            case Forked forked ->
                    new Out(FORKED).number(forked.offset()).text(forked.name().value()).bytes();
            case Offer offer ->
                    json(
                            OFFER,
                            stream(
                                            offer.stream(),
                                            offer.name(),
                                            offer.compacted(),
                                            offer.contentType())
                                    .with("start", offer.start().offset())
                                    .with("checksum", offer.start().checksum().toString()));
            case Mirror mirror ->
                    new Out(MIRROR).number(mirror.stream()).checkpoint(mirror.tail()).bytes();
            case Ask ask -> new Out(ASK).number(ask.offset()).text(ask.name().value()).bytes();
            case Sum sum ->
                    new Out(SUM).checkpoint(sum.checkpoint()).text(sum.name().value()).bytes();
            case Announce announce -> json(ANNOUNCE, announced(announce));
            case Follow follow ->
                    new Out(FOLLOW).number(follow.stream()).checkpoint(follow.from()).bytes();
            case StartOver over ->
                    new Out(START_OVER).number(over.stream()).checkpoint(over.at()).bytes();
            case Data data ->
                    new Out(DATA)
                            .number(data.stream())
                            .number(data.first())
                            .number(data.next() - data.first())
                            .one(data.coding().code | (data.more() ? MORE : 0))
                            .number(data.rawBytes())
                            .half(data.check())
                            .rest(data.data())
                            .bytes();
            case Dropped dropped ->
                    new Out(DROPPED).number(dropped.stream()).number(dropped.offset()).bytes();
            case Part part ->
                    new Out(PART)
                            .number(part.stream())
                            .one(part.more() ? MORE : 0)
                            .rest(part.data())
                            .bytes();
            case Aside aside ->
                    new Out(ASIDE)
                            .number(aside.stream())
                            .one(aside.sends() ? 1 : 0)
                            .text(aside.why())
                            .bytes();
            case Ack ack -> new Out(ACK).number(ack.stream()).number(ack.tail()).bytes();
            case Heard heard -> new Out(HEARD).number(heard.stream()).bytes();
            case Ping ping -> new Out(PING).number(ping.clock().toEpochMilli()).bytes();
            case Pong pong ->
                    new Out(PONG)
                            .number(pong.echo().toEpochMilli())
                            .number(pong.clock().toEpochMilli())
                            .bytes();
        };
    }

    /// A list in pieces that fit into messages; one piece at least.
    static List<List<Announce>> pieces(List<Announce> all) {
        List<List<Announce>> pieces = new ArrayList<>();
        List<Announce> piece = new ArrayList<>();
        long bytes = 0;
        for (Announce one : all) {
            if (bytes > LIST_BYTES_MAX) {
                pieces.add(piece);
                piece = new ArrayList<>();
                bytes = 0;
            }
            piece.add(one);
            bytes += Bytes.of(announced(one).write()).length();
        }
        pieces.add(piece);
        return pieces;
    }

    private static JsonObject listing(List<Announce> mirrors, boolean more, JsonObject to) {
        JsonObject listed = to.with("mirrors", mirrors.stream().map(Messages::announced).toList());
        return more ? listed.with("more", true) : listed;
    }

    private static JsonObject announced(Announce announce) {
        return stream(
                        announce.stream(),
                        announce.name(),
                        announce.compacted(),
                        announce.contentType())
                .with("tail", announce.tail().offset())
                .with("checksum", announce.tail().checksum().toString());
    }

    private static JsonObject stream(
            int number, StreamName name, boolean compacted, String contentType) {
        return JsonObject.empty()
                .with("stream", number)
                .with("name", name.value())
                .with("compacted", compacted)
                .with("contentType", contentType);
    }

    private static Bytes json(int type, JsonObject object) {
        return new Out(type).rest(Bytes.of(object.write())).bytes();
    }

    // ---- reading

    /// @return null for a message that is not known here: it is from a newer version, and passed over
    /// @throws LinkException if the bytes break the protocol
    static @Nullable Message read(Bytes bytes) {
        In in = new In(bytes);
        try {
            return switch (in.one()) {
                case HELLO -> hello(in.json());
                case WELCOME -> welcome(in.json());
                case REFUSED -> refused(in.json());
                case MIRRORS -> mirrors(in.json());
                case READY -> new Ready();
                case FORKED -> {
                    long offset = in.number();
                    yield new Forked(in.name(), offset);
                }
                case OFFER -> offer(in.json());
                case MIRROR -> new Mirror(in.stream(), in.checkpoint());
                case ASK -> {
                    long offset = in.number();
                    yield new Ask(in.name(), offset);
                }
                case SUM -> {
                    Checkpoint checkpoint = in.checkpoint();
                    yield new Sum(in.name(), checkpoint);
                }
                case ANNOUNCE -> announce(in.json());
                case FOLLOW -> new Follow(in.stream(), in.checkpoint());
                case START_OVER -> new StartOver(in.stream(), in.checkpoint());
                case DATA -> data(in);
                case DROPPED -> new Dropped(in.stream(), in.number());
                case PART -> new Part(in.stream(), in.one() == MORE, in.rest());
                case ASIDE -> {
                    int stream = in.stream();
                    boolean sends = in.one() == 1;
                    yield new Aside(stream, sends, in.text(Aside.WHY_LENGTH_MAX));
                }
                case ACK -> new Ack(in.stream(), in.number());
                case HEARD -> new Heard(in.stream());
                case PING -> new Ping(Instant.ofEpochMilli(in.number()));
                case PONG ->
                        new Pong(
                                Instant.ofEpochMilli(in.number()),
                                Instant.ofEpochMilli(in.number()));
                default -> null;
            };
        } catch (MalformedJsonException | IllegalArgumentException | ArithmeticException e) {
            throw LinkException.broken(String.valueOf(e.getMessage()));
        }
    }

    private static Hello hello(JsonObject json) {
        return new Hello(
                json.numbers("versions").stream().map(Math::toIntExact).toList(),
                json.text("software"),
                json.text("store"),
                json.number("epoch"),
                json.text("boot"),
                json.text("known"),
                Instant.ofEpochMilli(json.number("clock")),
                size(json.number("windowBytes")));
    }

    private static Welcome welcome(JsonObject json) {
        return new Welcome(
                size(json.number("version")),
                json.text("software"),
                json.text("hq"),
                json.number("epoch"),
                json.text("name"),
                json.text("zone"),
                Instant.ofEpochMilli(json.number("clock")),
                size(json.number("windowBytes")),
                announced(json),
                more(json));
    }

    private static Refused refused(JsonObject json) {
        return new Refused(
                Refusal.valueOf(json.text("refusal")),
                json.text("why"),
                json.has("comeBackAfterMs") ? json.number("comeBackAfterMs") : null,
                announced(json),
                more(json));
    }

    private static Mirrors mirrors(JsonObject json) {
        return new Mirrors(announced(json), more(json));
    }

    private static List<Announce> announced(JsonObject json) {
        return json.objects("mirrors").stream().map(Messages::announce).toList();
    }

    private static boolean more(JsonObject json) {
        return json.has("more") && json.flag("more");
    }

    private static Offer offer(JsonObject json) {
        return new Offer(
                size(json.number("stream")),
                StreamName.of(json.text("name")),
                json.flag("compacted"),
                json.text("contentType"),
                new Checkpoint(json.number("start"), Checksum.parse(json.text("checksum"))));
    }

    private static Announce announce(JsonObject json) {
        return new Announce(
                size(json.number("stream")),
                StreamName.of(json.text("name")),
                json.flag("compacted"),
                json.text("contentType"),
                new Checkpoint(json.number("tail"), Checksum.parse(json.text("checksum"))));
    }

    private static Data data(In in) {
        int stream = in.stream();
        long first = in.number();
        long next = Math.addExact(first, in.number());
        int flags = in.one();
        Coding coding = Coding.of(flags & ~MORE);
        int rawBytes = in.size();
        long check = in.half();
        return new Data(
                stream, first, next, check, coding, rawBytes, (flags & MORE) != 0, in.rest());
    }

    private static int size(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw LinkException.broken("a number is out of range: " + value);
        }
        return (int) value;
    }

    /// Bytes being written.
    private static final class Out {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

        Out(int type) {
            bytes.write(type);
        }

        Out one(int value) {
            bytes.write(value);
            return this;
        }

        Out number(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        Out half(long check) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) (check >>> shift));
            }
            return this;
        }

        Out checksum(Checksum checksum) {
            bytes.writeBytes(checksum.bytes());
            return this;
        }

        Out checkpoint(Checkpoint checkpoint) {
            return number(checkpoint.offset()).checksum(checkpoint.checksum());
        }

        Out text(String text) {
            return rest(Bytes.of(text));
        }

        Out rest(Bytes data) {
            bytes.write(data.array(), data.from(), data.length());
            return this;
        }

        Bytes bytes() {
            return Bytes.of(bytes.toByteArray());
        }
    }

    /// Bytes being read.
    private static final class In {

        private final Bytes bytes;
        private int at;

        In(Bytes bytes) {
            this.bytes = bytes;
        }

        int one() {
            need(1);
            return bytes.array()[bytes.from() + at++] & 0xFF;
        }

        long number() {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                int b = one();
                value |= (long) (b & 0x7F) << shift;
                if (b < 0x80) {
                    return value;
                }
            }
            throw LinkException.broken("a number is too long");
        }

        int size() {
            return Messages.size(number());
        }

        int stream() {
            return size();
        }

        Checksum checksum() {
            need(Checksum.BYTES);
            Checksum checksum = Checksum.read(bytes.array(), bytes.from() + at);
            at += Checksum.BYTES;
            return checksum;
        }

        long half() {
            long check = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                check = check << 8 | one();
            }
            return check;
        }

        Checkpoint checkpoint() {
            long offset = number();
            return new Checkpoint(offset, checksum());
        }

        Bytes rest() {
            return bytes.slice(at, bytes.length() - at);
        }

        /// For people: what is too long is cut.
        String text(int lengthMax) {
            String text = rest().text();
            return text.substring(0, Math.min(text.length(), lengthMax));
        }

        StreamName name() {
            return StreamName.of(rest().text());
        }

        JsonObject json() {
            return JsonObject.parse(rest().copy());
        }

        private void need(int count) {
            if (bytes.length() - at < count) {
                throw LinkException.broken("a message ends too early");
            }
        }
    }
}
