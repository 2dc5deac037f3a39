package dev.skerry.trials.rooms.broken.node;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

final class ThrowsDice {

    Random unseeded() {
        return new Random();
    }

    Supplier<SplittableRandom> reference() {
        return SplittableRandom::new;
    }

    int ofThread() {
        return ThreadLocalRandom.current().nextInt(6);
    }

    SecureRandom secure() {
        return new SecureRandom();
    }

    RandomGenerator standard() {
        return RandomGenerator.getDefault();
    }

    RandomGenerator named() {
        return RandomGenerator.of("L64X128MixRandom");
    }

    UUID id() {
        return UUID.randomUUID();
    }

    double fraction() {
        return Math.random();
    }

    void shuffled(List<String> cards) {
        Collections.shuffle(cards);
    }
}
