package dev.skerry.node.link;

import dev.skerry.node.link.Message.Ack;
import dev.skerry.node.link.Message.Heard;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends the streams of one side over a wire, the most urgent first, and never more than the window allows. For one thread.
final class Sender {

    /// What the owner does about a stream that cannot be sent. It is no longer sent when this is called.
    interface Trouble {

        /// What comes next has been dropped.
        void dropped(Outgoing stream);

        /// It cannot be read.
        void failed(Outgoing stream, StreamException e);
    }

    private final Wire wire;
    private final Window window;
    private final Bandwidth bandwidth;
    private final List<Outgoing> streams = new ArrayList<>();
    private final Map<Integer, Outgoing> byNumber = new HashMap<>();

    /// Streams that are not sent any more, of which answers may still be on their way.
    private final Set<Integer> removed = new HashSet<>();

    private final Trouble trouble;

    Sender(Wire wire, Window window, Bandwidth bandwidth, Trouble trouble) {
        this.trouble = trouble;
        this.wire = wire;
        this.window = window;
        this.bandwidth = bandwidth;
    }

    void add(Outgoing stream) {
        Outgoing before = byNumber.put(stream.number, stream);
        if (before != null) {
            throw LinkException.broken(stream.name + " is sent already");
        }
        streams.add(stream);
        streams.sort(Comparator.comparing((Outgoing one) -> one.lane));
    }

    /// Sends nothing more of a stream.
    ///
    /// @return null if it is not sent
    @Nullable Outgoing remove(int number) {
        Outgoing gone = byNumber.remove(number);
        if (gone != null) {
            removed.add(number);
            gone.forget(window);
            streams.remove(gone);
        }
        return gone;
    }

    /// The other side takes nothing more of a stream.
    ///
    /// @return null if it is not sent any more
    /// @throws LinkException if it never was
    @Nullable Outgoing refused(int number) {
        Outgoing stream = of(number);
        remove(number);
        return stream;
    }

    List<Outgoing> streams() {
        return streams;
    }

    Window window() {
        return window;
    }

    /// Sends one message.
    ///
    /// @return false if there is nothing to send now
    boolean sendOne(Instant now) {
        for (Outgoing stream : List.copyOf(streams)) {
            if (mayGo(stream, now) && stream.ready()) {
                Message message = next(stream);
                if (message != null) {
                    send(stream, message, now);
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable Message next(Outgoing stream) {
        try {
            return stream.next(window.pieceBytes());
        } catch (Packing.Gone e) {
            remove(stream.number);
            trouble.dropped(stream);
        } catch (StreamException e) {
            if (e.kind() == Kind.CLOSED) {
                throw e;
            }
            remove(stream.number);
            trouble.failed(stream, e);
        }
        return null;
    }

    /// A sale goes even if bulk has filled the window.
    private boolean mayGo(Outgoing stream, Instant now) {
        return stream.lane == Lane.SALES
                ? window.open() || stream.nothingOpen()
                : window.open() && bandwidth.free(now);
    }

    private void send(Outgoing stream, Message message, Instant now) {
        Bytes bytes = Messages.write(message);
        bandwidth.took(bytes.length(), now);
        stream.sent(message, window.sent(bytes.length(), now));
        wire.send(bytes);
    }

    /// @return what was answered; null if it is not sent any more
    @Nullable Outgoing acked(Ack ack, Instant now) {
        Outgoing stream = of(ack.stream());
        if (stream != null) {
            stream.acked(ack.tail(), window, now);
        }
        return stream;
    }

    void heard(Heard heard, Instant now) {
        Outgoing stream = of(heard.stream());
        if (stream != null) {
            stream.heard(window, now);
        }
    }

    /// @return null if it is not sent any more
    private @Nullable Outgoing of(int number) {
        Outgoing stream = byNumber.get(number);
        if (stream == null && !removed.contains(number)) {
            throw LinkException.broken("an answer about a stream that is not sent: " + number);
        }
        return stream;
    }
}
