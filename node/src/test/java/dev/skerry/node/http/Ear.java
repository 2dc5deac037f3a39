package dev.skerry.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Dialer;
import dev.skerry.node.link.Wire;
import dev.skerry.stream.Bytes;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One end of a wire, which remembers what it hears.
class Ear implements Wire.Ears, Dialer.Caller {

    static final long SECONDS_MAX = 20;

    final CompletableFuture<Wire> wire = new CompletableFuture<>();
    final CompletableFuture<Dialer.Failure> failure = new CompletableFuture<>();
    final BlockingQueue<Bytes> heard = new LinkedBlockingQueue<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    final AtomicInteger ends = new AtomicInteger();
    final Guest guest;

    Ear() {
        this(new Guest("", "", ""));
    }

    Ear(Guest guest) {
        this.guest = guest;
    }

    @Override
    public Wire.Ears opened(Wire opened) {
        wire.complete(opened);
        return this;
    }

    @Override
    public void failed(Dialer.Failure why) {
        failure.complete(why);
    }

    @Override
    public void received(Bytes message) {
        heard.add(message);
    }

    @Override
    public void ended(String why) {
        ends.incrementAndGet();
        ended.complete(why);
    }

    Wire wire() throws Exception {
        return wire.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    Dialer.Failure failure() throws Exception {
        return failure.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    Bytes next() throws Exception {
        Bytes next = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    String end() throws Exception {
        String why = ended.get(SECONDS_MAX, TimeUnit.SECONDS);
        assertEquals(1, ends.get());
        return why;
    }
}
