package dev.skerry.app.contexts;

import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;

/// What a context does, under a name that no other context has.
record Named(String name, Steps steps) implements Steps {

    @Override
    public Step step() {
        return steps.step();
    }

    @Override
    public Watch watch(Runnable onNews) {
        return steps.watch(onNews);
    }
}
