package dev.skerry.app.shop;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;

/// Lets any thread step what one thread at a time may step: the driver, and a till that waits for what comes of it.
final class Shared implements Steps {

    private final Steps steps;

    Shared(Steps steps) {
        this.steps = steps;
    }

    Steps steps() {
        return steps;
    }

    @Override
    public String name() {
        return steps.name();
    }

    @Override
    public synchronized Step step() {
        return steps.step();
    }

    @Override
    public Watch watch(Runnable onNews) {
        return steps.watch(onNews);
    }
}
