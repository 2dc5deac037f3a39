package dev.skerry.trials.rooms.broken.node;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Breaks no rule: javac turns all of this into handlers of Throwable, which nobody wrote.
final class CatchesWhatItKnows {
    private record Pair(Object left, Object right) {}

    int read(InputStream one, InputStream other) throws IOException {
        try (one;
                InputStream both = new SequenceInputStream(one, other)) {
            return both.read();
        } catch (EOFException e) {
            return -1;
        } finally {
            other.close();
        }
    }

    String name(Object it) {
        return switch (it) {
            case Pair(String left, Pair(String middle, String right)) -> left + middle + right;
            default -> "";
        };
    }
}
