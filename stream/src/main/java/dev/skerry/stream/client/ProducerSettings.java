package dev.skerry.stream.client;

import static java.util.Objects.requireNonNull;

import dev.skerry.stream.Limits;

/// Who appends, and how much at once.
///
/// @param id names the producer, across restarts
/// @param epoch 0 to [#NUMBER_MAX]; higher after every restart, so that what was before can no longer append
/// @param seq of the first batch: 0, unless an epoch is carried on
/// @param claim where the server knows a higher epoch, take the next one instead of stopping
/// @param batchBytesMax of messages in one request, unless a single one is larger
/// @param batchMessagesMax of messages in one request
/// @param waitingBytesMax of messages taken and not yet acknowledged, unless a single one is larger
/// @param waitingMessagesMax of messages taken and not yet acknowledged
public record ProducerSettings(
        String id,
        long epoch,
        long seq,
        boolean claim,
        int batchBytesMax,
        int batchMessagesMax,
        long waitingBytesMax,
        int waitingMessagesMax) {

    /// The protocol's largest epoch and sequence number: 2^53 − 1.
    public static final long NUMBER_MAX = (1L << 53) - 1;

    public ProducerSettings {
        requireNonNull(id, "id");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a producer's id is not empty");
        }
        if (epoch < 0 || epoch > NUMBER_MAX || seq < 0 || seq > NUMBER_MAX) {
            throw new IllegalArgumentException(
                    "epoch and seq are 0 to " + NUMBER_MAX + ", not " + epoch + " and " + seq);
        }
        if (batchBytesMax < 1
                || batchMessagesMax < 1
                || waitingBytesMax < batchBytesMax
                || waitingMessagesMax < batchMessagesMax) {
            throw new IllegalArgumentException(
                    "1 <= batch limits <= waiting limits, not %d <= %d bytes, %d <= %d messages"
                            .formatted(
                                    batchBytesMax,
                                    waitingBytesMax,
                                    batchMessagesMax,
                                    waitingMessagesMax));
        }
    }

    public static ProducerSettings of(String id, long epoch) {
        return new ProducerSettings(
                id,
                epoch,
                0,
                false,
                Limits.CHUNK_BYTES_MAX,
                Limits.PAGE_EVENTS_MAX,
                8L * Limits.CHUNK_BYTES_MAX,
                10 * Limits.PAGE_EVENTS_MAX);
    }

    public ProducerSettings claiming() {
        return new ProducerSettings(
                id,
                epoch,
                seq,
                true,
                batchBytesMax,
                batchMessagesMax,
                waitingBytesMax,
                waitingMessagesMax);
    }

    public ProducerSettings withBatches(int bytesMax, int messagesMax) {
        return new ProducerSettings(
                id, epoch, seq, claim, bytesMax, messagesMax, waitingBytesMax, waitingMessagesMax);
    }

    public ProducerSettings withWaiting(long bytesMax, int messagesMax) {
        return new ProducerSettings(
                id, epoch, seq, claim, batchBytesMax, batchMessagesMax, bytesMax, messagesMax);
    }
}
