package dev.skerry.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Very many connections that wait for one stream, on one thread.
final class IdleReaders implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Duration TOLD_MAX = Duration.ofSeconds(20);

    /// One connection.
    private static final class Reader {
        boolean told;
    }

    private final byte[] request;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /// Connects all, and sends the request on each.
    IdleReaders(int port, int count, byte[] request) throws IOException {
        this.request = request;
        for (int i = 0; i < count; i++) {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Reader());
            channels.add(channel);
        }
    }

    /// Sends the request again on each, as one that has been answered must.
    void askAgain() throws IOException {
        for (SocketChannel channel : channels) {
            channel.write(ByteBuffer.wrap(request));
        }
    }

    /// Throws away what comes in this time.
    void drain(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            selector.select(key -> read(key), 50);
        }
    }

    /// Waits until every one has received something with this mark in it.
    void awaitAll(String mark) throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Reader) key.attachment()).told = false;
        }
        long end = System.nanoTime() + TOLD_MAX.toNanos();
        int[] told = new int[1];
        while (told[0] < channels.size()) {
            selector.select(
                    key -> {
                        Reader reader = (Reader) key.attachment();
                        if (read(key).contains(mark) && !reader.told) {
                            reader.told = true;
                            told[0]++;
                        }
                    },
                    50);
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "only " + told[0] + " of " + channels.size() + " readers were told");
            }
        }
    }

    private String read(SelectionKey key) {
        buffer.clear();
        try {
            int count = ((SocketChannel) key.channel()).read(buffer);
            if (count < 0) {
                throw new IllegalStateException("the server has closed a connection");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
