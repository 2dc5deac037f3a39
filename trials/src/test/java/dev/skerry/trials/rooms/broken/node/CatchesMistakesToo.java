package dev.skerry.trials.rooms.broken.node;

import java.io.IOException;
import java.util.concurrent.Callable;

final class CatchesMistakesToo {
    boolean works(Callable<String> work) {
        try {
            return work.call().isEmpty();
        } catch (IOException | RuntimeException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
