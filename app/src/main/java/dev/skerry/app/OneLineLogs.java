package dev.skerry.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The log: one line an event on the standard error, for the person on call. Libraries speak up only where something is wrong.
final class OneLineLogs extends Formatter {

    /// Kept here, because the JDK forgets loggers that nobody holds.
    private static final List<Logger> LIBRARIES =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("org.sqlite"));

    static void install() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new OneLineLogs());
        Logger.getLogger("").addHandler(handler);
        LIBRARIES.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    @Override
    public String format(LogRecord entry) {
        StringWriter text = new StringWriter();
        PrintWriter line = new PrintWriter(text);
        Instant at = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
        line.println(at + " " + level(entry.getLevel()) + " " + formatMessage(entry));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            thrown.printStackTrace(line);
        }
        line.flush();
        return text.toString();
    }

    /// The names that the code uses.
    private static String level(Level level) {
        return level.equals(Level.SEVERE) ? "ERROR" : level.getName();
    }
}
