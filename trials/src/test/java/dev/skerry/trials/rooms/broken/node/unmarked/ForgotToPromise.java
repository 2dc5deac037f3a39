package dev.skerry.trials.rooms.broken.node.unmarked;

import org.jspecify.annotations.NullMarked;

@NullMarked
record ForgotToPromise() {}
