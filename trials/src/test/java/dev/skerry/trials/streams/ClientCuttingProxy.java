package dev.skerry.trials.streams;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;

/// A bad line: carries bytes between a client and a server on loopback, and cuts every connection after a number of bytes
/// that the seed decides, in whichever direction they went.
@NullMarked
final class ClientCuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final URI server;
    private final SplittableRandom random;
    private final int bytesMax;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    /// @param bytesMax the most that one of the short-lived connections carries
    ClientCuttingProxy(URI server, long seed, int bytesMax) throws IOException {
        this.server = server;
        this.random = new SplittableRandom(seed);
        this.bytesMax = bytesMax;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /// The server's address, through this proxy.
    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + server.getPath());
    }

    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(ClientCuttingProxy::closeQuietly);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                open.add(client);
                open.add(upstream);
                AtomicLong budget = new AtomicLong(lifetime());
                threads.execute(() -> carry(client, upstream, budget));
                threads.execute(() -> carry(upstream, client, budget));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// Mostly short; some live long enough for a reader that is far behind to get its page.
    private long lifetime() {
        return random.nextInt(4) == 0 ? 20L * bytesMax : 1 + random.nextInt(bytesMax);
    }

    private void carry(Socket from, Socket to, AtomicLong budget) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1024];
            int length = in.read(buffer);
            while (length >= 0) {
                long left = budget.getAndAdd(-length);
                if (left < length) {
                    out.write(buffer, 0, (int) Math.max(left, 0));
                    out.flush();
                    cuts.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, length);
                out.flush();
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // The other direction was cut, or an end has gone: so is this one.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
