package dev.skerry.app.printer;

import dev.skerry.app.printer.VirtualPrinter.State;
import dev.skerry.language.printing.Printer;
import dev.skerry.node.http.HttpHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry printer`: a receipt printer that needs no paper, worked by typing.
@Command(
        name = "printer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A receipt printer without paper: draws what a store prints, as text and as a picture, and is whatever you type."
        },
        footer = {
            "",
            "While it runs, type:",
            "  no paper      it reports that the roll is at its end",
            "  lines 20      there is paper for 20 lines",
            "  paper         a new roll",
            "  offline       or: online",
            "  open          the cover is open; or: close",
            "  silent        it answers no question; or: answers",
            "  slow 50       50 milliseconds a line; slow 0: as fast as it goes",
            "  status",
            "  quit",
            "",
            "Example: ./skerry printer --port 9100 --out receipts"
        })
public final class PrinterCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9100",
            description =
                    "Where it takes what is to be printed, on loopback: ${DEFAULT-VALUE}; 0 for any free port.")
    private int port;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Gets 0001.txt, 0001.svg and so on.")
    private Path out;

    @Option(
            names = "--columns",
            paramLabel = "N",
            defaultValue = "42",
            description = "Characters in a line: ${DEFAULT-VALUE}.")
    private int columns;

    @Option(
            names = "--page",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Where a page shows the last ones, on loopback; any free port unless told.")
    private int page;

    @Spec private CommandSpec spec;

    /// For picocli, which fills it in before anything runs.
    public PrinterCommand() {
        out = Path.of("");
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (columns < Printer.COLUMNS_MIN || columns > Printer.COLUMNS_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--columns: a line has %d to %d characters"
                            .formatted(Printer.COLUMNS_MIN, Printer.COLUMNS_MAX));
        }
        PrintWriter told = spec.commandLine().getOut();
        PaperTray tray = new PaperTray(out);
        try (VirtualPrinter printer = new VirtualPrinter(port, columns, tray::take);
                HttpHost host = tray.addTo(HttpHost.at("127.0.0.1", page)).start()) {
            told.printf(
                    "Prints what comes to 127.0.0.1:%d, into %s.%n",
                    printer.port(), out.toAbsolutePath().normalize());
            told.printf("Shows it at http://127.0.0.1:%d/%n", host.port());
            told.println(
                    "Type no paper, paper, offline, online, open, close, silent, answers, slow, status or quit.");
            told.flush();
            if (!obey(printer, tray, told)) {
                // Started in the background: prints until it is killed.
                new CountDownLatch(1).await();
            }
            return CommandLine.ExitCode.OK;
        } catch (BindException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "skerry: port "
                                    + port
                                    + " is in use by another program; stop that, or take another --port");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /// @return whether somebody typed that this is enough
    private static boolean obey(VirtualPrinter printer, PaperTray tray, PrintWriter told)
            throws IOException {
        BufferedReader typed =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        for (String order = typed.readLine(); order != null; order = typed.readLine()) {
            if (order.strip().equals("quit")) {
                return true;
            }
            told.println(new Orders(printer, tray).obey(order));
            told.flush();
        }
        return false;
    }

    /// What is typed while the printer is there.
    record Orders(VirtualPrinter printer, PaperTray tray) {

        /// @return what to tell whoever typed it
        String obey(String order) {
            String[] words = order.strip().split(" +", 2);
            State now = printer.state();
            String rest = words.length > 1 ? words[1] : "";
            try {
                switch (words[0]) {
                    case "no" -> printer.state(now.withLines(0));
                    case "lines" -> printer.state(now.withLines(number(rest)));
                    case "paper" -> printer.state(now.withLines(Long.MAX_VALUE));
                    case "offline" -> printer.state(now.withOffline(true));
                    case "online" -> printer.state(now.withOffline(false));
                    case "open" -> printer.state(now.withCoverOpen(true));
                    case "close" -> printer.state(now.withCoverOpen(false));
                    case "silent" -> printer.state(now.withSilent(true));
                    case "answers" -> printer.state(now.withSilent(false));
                    case "slow" -> printer.state(now.withPerLine(Duration.ofMillis(number(rest))));
                    case "status", "" -> {}
                    default -> {
                        return "There is no "
                                + words[0]
                                + "; type no paper, lines, paper, offline, online, open, close, silent, answers, slow, status or quit.";
                    }
                }
            } catch (NumberFormatException e) {
                return words[0] + ": '" + rest + "' is no number from 0 to 999999";
            }
            return status();
        }

        private static long number(String text) {
            if (!text.matches("[0-9]{1,6}")) {
                throw new NumberFormatException(text);
            }
            return Long.parseLong(text);
        }

        private String status() {
            State now = printer.state();
            String paper =
                    now.linesLeft() == Long.MAX_VALUE
                            ? "paper"
                            : now.linesLeft() == 0
                                    ? "no paper"
                                    : "paper for " + now.linesLeft() + " lines";
            return paper
                    + (now.offline() ? ", offline" : "")
                    + (now.coverOpen() ? ", cover open" : "")
                    + (now.silent() ? ", silent" : "")
                    + (now.perLine().isZero() ? "" : ", " + now.perLine().toMillis() + " ms a line")
                    + "; printed "
                    + tray.count();
        }
    }
}
