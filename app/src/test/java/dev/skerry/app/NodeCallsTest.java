package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Commands that ask a node, whatever it answers.
class NodeCallsTest {

    @Test
    void an_error_without_a_body_is_said_with_its_status() throws Exception {
        try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> refuse(node));
            String url = new Listening("127.0.0.1").url("http", node.getLocalPort());
            NodeCalls calls = new NodeCalls(new RunningNode("store", url, ""));
            CannotStart refused = assertThrows(CannotStart.class, () -> calls.get("/api/status"));
            answering.join();
            assertEquals("HTTP 503 (see the node's log)", refused.getMessage());
        }
    }

    private static void refuse(ServerSocket node) {
        try (Socket asked = node.accept()) {
            var _ = asked.getInputStream().read(new byte[4096]);
            asked.getOutputStream()
                    .write(
                            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_node_is_asked_where_it_listens() {
        assertEquals("http://127.0.0.1:4442", new Listening("127.0.0.1").url("http", 4442));
        assertEquals("http://127.0.0.1:4442", new Listening("0.0.0.0").url("http", 4442));
        assertEquals("http://127.0.0.1:4442", new Listening("::").url("http", 4442));
        assertEquals("http://10.1.2.3:4442", new Listening("10.1.2.3").url("http", 4442));
        assertEquals("http://[fd00::7]:4442", new Listening("fd00::7").url("http", 4442));
    }
}
