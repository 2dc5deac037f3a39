package dev.skerry.trials.rooms.broken.node;

import io.micrometer.core.instrument.MeterRegistry;

record UsesMicrometer(MeterRegistry registry) {}
