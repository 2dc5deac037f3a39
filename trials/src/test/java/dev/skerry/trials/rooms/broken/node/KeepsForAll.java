package dev.skerry.trials.rooms.broken.node;

import java.util.ArrayList;
import java.util.List;

final class KeepsForAll {
    private static final List<String> KEPT = new ArrayList<>(List.of("first"));

    List<String> kept() {
        return List.copyOf(KEPT);
    }
}
