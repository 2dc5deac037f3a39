package dev.skerry.node.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// What came of a TLS connection over loopback, on which each side said a word.
///
/// @param client whom the server saw; null if nobody showed a certificate, or if it failed
/// @param serverFailed why the server ended it; null if it did not
/// @param clientFailed the same of the client
record Handshake(
        String protocol,
        @Nullable X509Certificate client,
        @Nullable String serverFailed,
        @Nullable String clientFailed) {

    private static final int TIMEOUT_MS = 10_000;

    static Handshake between(Tls client, Tls server) throws IOException {
        try (SSLServerSocket listening = listen(server)) {
            return over(client, listening);
        }
    }

    static SSLServerSocket listen(Tls server) throws IOException {
        SSLServerSocket listening =
                (SSLServerSocket)
                        server.context()
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listening.setSSLParameters(server.parameters());
        return listening;
    }

    static Handshake over(Tls client, SSLServerSocket listening) {
        CompletableFuture<Side> serving =
                CompletableFuture.supplyAsync(() -> serve(listening), Thread::startVirtualThread);
        Side calling = call(client, listening);
        Side served = serving.join();
        return new Handshake(served.protocol, served.peer, served.failed, calling.failed);
    }

    record Side(String protocol, @Nullable X509Certificate peer, @Nullable String failed) {

        static Side failed(IOException e) {
            return new Side("", null, String.valueOf(e.getMessage()));
        }
    }

    private static Side call(Tls client, SSLServerSocket listening) {
        try (SSLSocket socket =
                (SSLSocket)
                        client.context()
                                .getSocketFactory()
                                .createSocket(
                                        listening.getInetAddress(), listening.getLocalPort())) {
            SSLParameters parameters = client.parameters();
            // As the JDK's HTTP client does without being asked.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            socket.getOutputStream().write(1);
            // The server judges our certificate after our side of the handshake is over.
            if (socket.getInputStream().read() != 2) {
                throw new IOException("ended without a word");
            }
            SSLSession session = socket.getSession();
            return new Side(session.getProtocol(), peer(session), null);
        } catch (IOException e) {
            return Side.failed(e);
        }
    }

    static Side serve(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            socket.getInputStream().read();
            socket.getOutputStream().write(2);
            SSLSession session = socket.getSession();
            return new Side(session.getProtocol(), peer(session), null);
        } catch (IOException e) {
            return Side.failed(e);
        }
    }

    private static @Nullable X509Certificate peer(SSLSession session) {
        try {
            return (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException _) {
            return null;
        }
    }

    boolean worked() {
        return serverFailed == null && clientFailed == null;
    }
}
