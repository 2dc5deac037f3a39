package dev.skerry.trials.rooms.broken.app;

import java.time.Instant;

/// Breaks no rule: here the doors are.
final class OpensTheDoors {
    Instant now() {
        return Instant.now();
    }
}
