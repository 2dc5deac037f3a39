package dev.skerry.trials.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps followers from logging what the simulation does to them, as long as it is open.
final class Quiet implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.skerry.stream");

    Quiet() {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(null);
    }
}
