package dev.skerry.node.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A line that counts, can be cut, and can go dead without being cut.
final class LoopbackProxy implements Closeable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> asked = new CompletableFuture<>();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final CompletableFuture<Void> resumed = new CompletableFuture<>();
    private volatile boolean stalled;
    private volatile boolean swallows;
    private volatile int refusal;

    /// @param port where it leads; 0 if the client says so, with CONNECT
    LoopbackProxy(int port) throws IOException {
        Thread.startVirtualThread(() -> accept(port));
    }

    int port() {
        return listener.getLocalPort();
    }

    String asked() {
        return asked.join();
    }

    long up() {
        return up.get();
    }

    long down() {
        return down.get();
    }

    /// Lets nobody out from now on.
    void refuse(int status) {
        refusal = status;
    }

    /// Takes no byte more.
    void stall() {
        stalled = true;
    }

    /// Takes everything, and passes nothing on.
    void swallow() {
        swallows = true;
    }

    void cut() {
        open.forEach(LoopbackProxy::quietly);
    }

    private void accept(int port) {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client, port));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client, int port) {
        try {
            int to = port == 0 ? connect(client) : port;
            Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Thread.startVirtualThread(() -> pump(client, server, up));
            pump(server, client, down);
        } catch (IOException e) {
            quietly(client);
        }
    }

    private int connect(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        String first = head.substring(0, head.indexOf("\r\n"));
        asked.complete(first);
        int status = refusal == 0 ? 200 : refusal;
        String answer = "HTTP/1.1 " + status + " So\r\nContent-Length: 0\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        if (refusal != 0) {
            throw new IOException("refused");
        }
        return Integer.parseInt(first.replaceFirst(".*:(\\d+) .*", "$1"));
    }

    private void pump(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (stalled) {
                    resumed.join();
                }
                count.addAndGet(read);
                if (!swallows) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // cut
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        resumed.complete(null);
        cut();
    }
}
