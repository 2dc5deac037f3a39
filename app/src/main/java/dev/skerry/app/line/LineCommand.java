package dev.skerry.app.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `skerry line`: a bad line for trying things out by hand, worked by typing.
@Command(
        name = "line",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A bad line, to see what a store does with one: forwards from a port of this machine to HQ, and does"
                    + " to the line whatever you type."
        },
        footer = {
            "",
            "While it runs, type:",
            "  cut           reset all connections and refuse new ones",
            "  stall         a black hole: accept, carry nothing, say nothing",
            "  up            carry everything again, first what was stalled",
            "  strand        black holes of all connections for ever; new ones work",
            "  flap          reset all connections, and take new ones at once",
            "  slow 100      100 bytes a second each way; or slow 2mbit",
            "  fast          as fast as it goes",
            "  delay 40ms    each way, so a round trip takes 80 ms",
            "  status        state, shape and what it has carried",
            "  quit",
            "",
            "Example: ./skerry line --listen 4500 --to 127.0.0.1:4441 --rate 10mbit --delay 40ms",
            "  and in another window: ./skerry store ... --hq https://127.0.0.1:4500"
        })
public final class LineCommand implements Callable<Integer> {

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "PORT",
            description = "Where the store connects to, on loopback; 0 for any free port.")
    private int listen;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where the line leads: HQ.",
            converter = Address.class)
    private InetSocketAddress to;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description =
                    "What it carries each way, such as 64kbit, 10mbit, or a number of bytes a second.",
            converter = Rate.class)
    private long rate;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            description = "From one end to the other, such as 40ms or 2s.",
            converter = Delay.class)
    private Duration delay;

    @Spec private CommandSpec spec;

    /// For picocli, which fills it in before anything runs.
    public LineCommand() {
        to = new InetSocketAddress(0);
        rate = Shape.UNLIMITED;
        delay = Duration.ZERO;
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (BadLine line = new BadLine(listen, to)) {
            line.shape(rate, delay);
            out.printf(
                    "Carries from 127.0.0.1:%d to %s:%d; %s each way.%n",
                    line.port(), to.getHostString(), to.getPort(), line.shapes().getFirst());
            out.println("Type cut, stall, up, strand, flap, slow, fast, delay, status or quit.");
            out.flush();
            if (obey(line, out) == End.OF_INPUT) {
                // Started in the background: carries until it is killed.
                new CountDownLatch(1).await();
            }
            return picocli.CommandLine.ExitCode.OK;
        } catch (BindException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "skerry: port "
                                    + listen
                                    + " is in use by another program; stop that, or --listen"
                                    + " elsewhere");
            return picocli.CommandLine.ExitCode.SOFTWARE;
        }
    }

    private enum End {
        OF_INPUT,
        QUIT
    }

    private End obey(BadLine line, PrintWriter out) throws IOException {
        BufferedReader typed =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String order = typed.readLine(); order != null; order = typed.readLine()) {
            if (order.strip().equals("quit")) {
                return End.QUIT;
            }
            out.println(new Orders(line).obey(order));
            out.flush();
        }
        return End.OF_INPUT;
    }

    /// What is typed while the line is there.
    record Orders(BadLine line) {

        /// @return what to tell whoever typed it
        String obey(String order) {
            String[] words = order.strip().split(" +", 2);
            String rest = words.length > 1 ? words[1] : "";
            Shape now = line.shapes().getFirst();
            try {
                switch (words[0]) {
                    case "up" -> line.up();
                    case "cut" -> line.cut();
                    case "stall" -> line.stall();
                    case "strand" -> line.strand();
                    case "flap" -> line.resetAll();
                    case "slow" -> line.shape(new Rate().convert(rest), now.delay());
                    case "fast" -> line.shape(Shape.UNLIMITED, now.delay());
                    case "delay" -> line.shape(now.bytesPerSecond(), new Delay().convert(rest));
                    case "status", "" -> {}
                    default -> {
                        return "There is no "
                                + words[0]
                                + "; type cut, stall, up, strand, flap, slow, fast, delay, status"
                                + " or quit.";
                    }
                }
            } catch (TypeConversionException e) {
                return words[0] + ": " + e.getMessage();
            }
            return status();
        }

        private String status() {
            Traffic traffic = line.traffic();
            return String.format(
                    Locale.ROOT,
                    "%s; %s each way; carried %,d bytes up, %,d down; %,d connections, %,d open",
                    line.state().name().toLowerCase(Locale.ROOT),
                    line.shapes().getFirst(),
                    traffic.upBytes(),
                    traffic.downBytes(),
                    traffic.connections(),
                    traffic.open());
        }
    }

    /// `10mbit`, or a number of bytes a second.
    static final class Rate implements ITypeConverter<Long> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(bit|kbit|mbit|gbit)?");
        private static final Map<String, Long> BITS =
                Map.of("bit", 1L, "kbit", 1_000L, "mbit", 1_000_000L, "gbit", 1_000_000_000L);

        @Override
        public Long convert(String text) {
            Matcher form = FORM.matcher(text);
            if (form.matches()) {
                long amount = Long.parseLong(form.group(1));
                Long bits = form.group(2) == null ? null : BITS.get(form.group(2));
                long bytes = bits == null ? amount : amount * bits / 8;
                if (bytes > 0) {
                    return bytes;
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is no rate; write 64kbit, 10mbit or 100 (bytes a second)");
        }
    }

    /// `40ms` or `2s`.
    static final class Delay implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s)");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("'" + text + "' is no time; write 40ms or 2s");
            }
            long amount = Long.parseLong(form.group(1));
            return form.group(2).equals("s")
                    ? Duration.ofSeconds(amount)
                    : Duration.ofMillis(amount);
        }
    }

    /// `host:port`.
    static final class Address implements ITypeConverter<InetSocketAddress> {

        private static final Pattern FORM = Pattern.compile("(.+):([0-9]{1,5})");

        @Override
        public InetSocketAddress convert(String text) {
            Matcher form = FORM.matcher(text);
            if (form.matches() && Integer.parseInt(form.group(2)) <= 65_535) {
                return new InetSocketAddress(form.group(1), Integer.parseInt(form.group(2)));
            }
            throw new TypeConversionException("'" + text + "' is no address; write 127.0.0.1:4441");
        }
    }
}
