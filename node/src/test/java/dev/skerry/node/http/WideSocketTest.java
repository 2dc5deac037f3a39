package dev.skerry.node.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.socket.PlainSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideSocketTest {

    /// A socket whose client has sent all that it will, of which a read gets as much as it may take, or as a stream gives.
    private static WideSocket of(InputStream sent) {
        return new WideSocket(
                PlainSocket.server(
                        new Socket() {
                            @Override
                            public InputStream getInputStream() {
                                return sent;
                            }

                            @Override
                            public OutputStream getOutputStream() {
                                return new ByteArrayOutputStream();
                            }
                        },
                        "client",
                        "server"));
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void what_was_sent_is_read_to_the_byte_however_it_comes_and_then_there_is_an_end() {
        Random random = new Random(7);
        byte[] sent = bytes(random, 3_000_001);
        WideSocket socket =
                of(
                        new ByteArrayInputStream(sent) {
                            @Override
                            public synchronized int read(byte[] into, int at, int length) {
                                boolean full = random.nextInt(4) > 0;
                                return super.read(
                                        into, at, full ? length : random.nextInt(1, length + 1));
                            }
                        });
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (byte[] piece = socket.get(); piece != null; piece = socket.get()) {
            assertTrue(piece.length > 0 && piece.length <= WideSocket.MOST_BYTES);
            read.writeBytes(piece);
        }
        assertArrayEquals(sent, read.toByteArray());
        assertNull(socket.get());
    }

    @Test
    void pieces_grow_while_there_is_more_than_one_takes_and_begin_small_again() {
        int least = WideSocket.LEAST_BYTES;
        byte[] much = new byte[least * (1 + 2 + 4 + 8 + 8) + 5];
        byte[] later = new byte[2 * least];
        InputStream sent =
                new SequenceInputStream(
                        new ByteArrayInputStream(much), new ByteArrayInputStream(later));
        WideSocket socket = of(sent);
        List<Integer> pieces = new ArrayList<>();
        for (byte[] piece = socket.get(); piece != null; piece = socket.get()) {
            pieces.add(piece.length);
        }
        assertEquals(
                List.of(least, 2 * least, 4 * least, 8 * least, 8 * least, 5, least, least),
                pieces);
    }
}
