package dev.skerry.node.link;

import dev.skerry.stream.Limits;
import java.time.Duration;

/// How a store keeps in touch.
///
/// @param probeEvery how often a line that is down is tried, by a packet or two, before jitter
/// @param answerWithin an HQ that has answered nothing for so long is taken for gone
/// @param pingEvery after so much silence the store asks whether anybody is there
/// @param backOffMin the first pause after HQ was reached and would or could not talk, before jitter; doubled with each further one
/// @param backOffMax the longest such pause
/// @param windowBytes how much may be on its way in one direction
/// @param patience how long a store that starts waits for HQ's word whether this machine may write, before it opens without
/// @param aheadBytesMin so long, before compression, small chunks must be together to be coded before the line is back
public record LinkSettings(
        Duration probeEvery,
        Duration answerWithin,
        Duration pingEvery,
        Duration backOffMin,
        Duration backOffMax,
        int windowBytes,
        Duration patience,
        int aheadBytesMin) {

    public static LinkSettings defaults() {
        return new LinkSettings(
                Duration.ofMillis(300),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                2 * 1024 * 1024,
                Duration.ofSeconds(1),
                Limits.CHUNK_BYTES_MAX / 2);
    }

    /// A pause that has been doubled so often, at most the longest, before jitter.
    Duration backOff(int doublings) {
        return backOff(doublings, backOffMax);
    }

    Duration backOff(int doublings, Duration longest) {
        Duration pause = backOffMin.multipliedBy(1L << Math.min(doublings, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    public LinkSettings withWindowBytes(int bytes) {
        return new LinkSettings(
                probeEvery,
                answerWithin,
                pingEvery,
                backOffMin,
                backOffMax,
                bytes,
                patience,
                aheadBytesMin);
    }
}
