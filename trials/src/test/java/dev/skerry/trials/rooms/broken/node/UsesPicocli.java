package dev.skerry.trials.rooms.broken.node;

import picocli.CommandLine;

record UsesPicocli(CommandLine line) {}
