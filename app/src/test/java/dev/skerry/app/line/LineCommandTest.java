package dev.skerry.app.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// What can be typed.
class LineCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new LineCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void help_says_all_that_can_be_typed() {
        assertEquals(0, run("--help"));
        for (String word :
                List.of(
                        "--listen",
                        "--to",
                        "--rate",
                        "--delay",
                        "cut",
                        "stall",
                        "up",
                        "strand",
                        "flap",
                        "slow",
                        "fast",
                        "status",
                        "quit")) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    @Test
    void a_wrong_rate_time_or_address_is_named_with_an_example() {
        assertEquals(2, run("--listen", "0", "--to", "127.0.0.1:1", "--rate", "10mbyte"));
        assertEquals(2, run("--listen", "0", "--to", "127.0.0.1:1", "--delay", "40"));
        assertEquals(2, run("--listen", "0", "--to", "127.0.0.1"));
        for (String example : List.of("10mbit", "40ms", "127.0.0.1:4441")) {
            assertTrue(err.toString().contains(example), err.toString());
        }
    }

    @Test
    void a_port_in_use_is_said_in_one_line() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertEquals(1, run("--listen", Integer.toString(port), "--to", "127.0.0.1:1"));
        }
        assertTrue(err.toString().contains("is in use by another program"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void amounts_are_understood() {
        LineCommand.Rate rate = new LineCommand.Rate();
        assertEquals(1_250_000, rate.convert("10mbit"));
        assertEquals(8_000, rate.convert("64kbit"));
        assertEquals(100, rate.convert("100"));
        assertThrows(TypeConversionException.class, () -> rate.convert("0"));
        assertThrows(TypeConversionException.class, () -> rate.convert("1bit"));
        LineCommand.Delay delay = new LineCommand.Delay();
        assertEquals(Duration.ofMillis(40), delay.convert("40ms"));
        assertEquals(Duration.ofSeconds(2), delay.convert("2s"));
    }

    @Test
    void what_is_typed_is_done_and_answered_with_the_status() throws IOException {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        try (BadLine line = new BadLine(0, nowhere)) {
            LineCommand.Orders orders = new LineCommand.Orders(line);
            assertTrue(orders.obey("status").startsWith("up; any number of bytes/s"));
            assertTrue(orders.obey("cut").startsWith("cut;"));
            assertTrue(orders.obey("stall").startsWith("stalled;"));
            assertTrue(orders.obey("strand").startsWith("up;"));
            assertTrue(orders.obey("flap").startsWith("up;"));
            orders.obey("delay 40ms");
            assertTrue(orders.obey(" slow  100 ").contains("100 bytes/s, 40 ms"));
            assertTrue(orders.obey("fast").contains("any number of bytes/s, 40 ms"));
            assertTrue(orders.obey("slow down").contains("'down' is no rate"));
            assertTrue(orders.obey("cutt").contains("There is no cutt; type cut"));
        }
    }
}
