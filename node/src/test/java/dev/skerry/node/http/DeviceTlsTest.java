package dev.skerry.node.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTPS with devices, old ones too, over real sockets on loopback.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceTlsTest {

    private static final int SILENT_MS_MAX = 60_000;

    private static final String QUESTION =
            "GET /api/me HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private final List<String> strangers = Collections.synchronizedList(new ArrayList<>());
    private Keys keys;
    private HttpHost host;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        keys = new Keys(folder, "store", "till");
        host =
                HttpHost.at("127.0.0.1", 0)
                        .tlsForDevices(() -> keys.context("store"))
                        .strangers((address, why) -> strangers.add(address + " " + why))
                        .route("GET", "/api/me", it -> it.answerJson(200, "\"" + it.url() + "\""))
                        .start();
    }

    @AfterAll
    void stop() {
        host.close();
    }

    private SSLSocket dial(String... trusted) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        keys.context("till", trusted)
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), host.port());
        socket.setSoTimeout(SILENT_MS_MAX);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(QUESTION.getBytes(US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void devices_speak_what_they_know(String protocol) throws IOException {
        try (SSLSocket socket = dial("store")) {
            socket.setEnabledProtocols(new String[] {protocol});
            String answer = ask(socket);
            assertTrue(answer.endsWith("\"https://h/api/me\""), answer);
            assertEquals(protocol, socket.getSession().getProtocol());
        }
    }

    @Test
    void ciphers_that_do_not_keep_a_secret_for_good_are_not_spoken() throws IOException {
        try (SSLSocket socket = dial("store")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    private static String answerOrEnd(Socket socket) {
        try {
            return ask(socket);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void nobody_shakes_hands_twice() throws IOException {
        try (SSLSocket socket = dial("store")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            socket.startHandshake();
            assertEquals("", answerOrEnd(socket));
        }
    }

    @Test
    void a_store_that_is_not_known_is_not_spoken_to_and_nobody_is_taken_for_a_stranger()
            throws IOException {
        try (SSLSocket socket = dial()) {
            assertThrows(SSLException.class, () -> ask(socket));
        }
        try (SSLSocket socket = dial("store")) {
            assertTrue(ask(socket).startsWith("HTTP/1.1 200"));
        }
        assertEquals(List.of(), strangers);
    }

    @Test
    void who_comes_without_tls_is_told() throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
            plain.setSoTimeout(SILENT_MS_MAX);
            String answer = ask(plain);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("https://"), answer);
        }
    }
}
