package dev.skerry.trials.rooms.broken.attic;

record StandsInNoModule() {}
