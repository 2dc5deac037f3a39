package dev.skerry.hq.stock;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goods that went from one store to another, as both of them wrote it down.
///
/// @param sender such as `store-0042`
/// @param document of the sender; where the receiver did not say which, `arrival` and the receiver's own
/// @param receiver such as `store-0043`
/// @param sentAt null if the sending is not known
/// @param arrivedAt null if it has not arrived
/// @param closed null if nobody has decided anything about it
public record Transfer(
        String sender,
        String document,
        String receiver,
        State state,
        @Nullable Instant sentAt,
        @Nullable Instant arrivedAt,
        @Nullable String sentBy,
        @Nullable String arrivedBy,
        List<Line> lines,
        @Nullable Closed closed) {

    /// How it stands.
    public enum State {
        ON_THE_WAY,
        /// On the way for longer than [Stock#LOST_AFTER].
        LOST,
        /// It arrived, and was not what was sent.
        DIFFERENT,
        /// It arrived, and no store says that it sent it; the sender may be away.
        UNANNOUNCED,
        ARRIVED,
        /// Somebody decided that nothing more is to be done.
        CLOSED
    }

    /// @param name of the article; null if the catalogue does not have it
    public record Line(Sku sku, @Nullable String name, Quantity sent, Quantity arrived) {}

    /// Who decided what about it.
    public record Closed(String reason, String by, Instant at) {}

    public Transfer {
        lines = List.copyOf(lines);
    }
}
