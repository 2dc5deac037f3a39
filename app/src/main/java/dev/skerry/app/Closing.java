package dev.skerry.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;

/// Closes what has been opened, the last first, whatever goes wrong with one of them.
final class Closing {

    private static final Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void all(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.log(Level.ERROR, "close=failed remedy=\"report this, with what follows\"", e);
            }
        }
    }
}
