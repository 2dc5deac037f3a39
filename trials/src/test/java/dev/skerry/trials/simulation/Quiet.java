package dev.skerry.trials.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps the simulated from logging what is done to them, as long as it is open.
public final class Quiet implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.skerry");

    public Quiet() {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(null);
    }
}
