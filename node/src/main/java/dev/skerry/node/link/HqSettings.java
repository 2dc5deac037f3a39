package dev.skerry.node.link;

import java.time.Duration;

/// How HQ deals with its stores.
///
/// @param silenceMax a store that has said nothing for so long is taken for gone; stores ping every 15 seconds
/// @param windowBytes how much a store may have on its way here
/// @param greetingsMax how many stores may be in the middle of their greeting; more are asked to come back
/// @param probation a store that is said to be a copy's original has so long to show that it is there
public record HqSettings(
        Duration silenceMax, int windowBytes, int greetingsMax, Duration probation) {

    public static HqSettings defaults() {
        return new HqSettings(Duration.ofSeconds(45), 2 * 1024 * 1024, 256, Duration.ofSeconds(4));
    }

    public HqSettings withWindowBytes(int bytes) {
        return new HqSettings(silenceMax, bytes, greetingsMax, probation);
    }
}
