package dev.skerry.store.inventory;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.inventory.CountLine;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.StockLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document about goods, as it was written down.
///
/// @param party the supplier, or the other store; null if there is none
/// @param reference the supplier's number of the delivery, or the other store's document; null if there is none
/// @param reason of waste, or of an adjustment; null otherwise
public record StockDocument(
        String id,
        Kind kind,
        Instant at,
        @Nullable String party,
        @Nullable String reference,
        @Nullable String reason,
        List<Line> lines,
        String by,
        String device) {

    /// What a document is about.
    public enum Kind {
        RECEIVED,
        WASTED,
        ADJUSTED,
        COUNTED,
        SENT,
        ARRIVED
    }

    /// @param quantity as written down; of a count, what was found; of an adjustment, by how much, and below zero if less is there
    /// @param countedAt when the shelf was looked at; null if it is no count
    /// @param expected what the books said of that moment when the count became known; null if it is no count
    public record Line(
            Sku sku,
            Quantity quantity,
            @Nullable String lot,
            @Nullable LocalDate expiry,
            @Nullable Instant countedAt,
            @Nullable Quantity expected) {}

    public StockDocument {
        lines = List.copyOf(lines);
    }

    static StockDocument of(GoodsReceived it) {
        return new StockDocument(
                it.document(),
                Kind.RECEIVED,
                it.at(),
                it.supplier(),
                it.delivery(),
                null,
                lines(it.lines()),
                it.by(),
                it.device());
    }

    static StockDocument of(GoodsWasted it) {
        return new StockDocument(
                it.document(),
                Kind.WASTED,
                it.at(),
                null,
                null,
                it.reason(),
                lines(it.lines()),
                it.by(),
                it.device());
    }

    static StockDocument of(GoodsAdjusted it) {
        return new StockDocument(
                it.document(),
                Kind.ADJUSTED,
                it.at(),
                null,
                null,
                it.reason(),
                it.movements().stream()
                        .map(line ->
                                new Line(line.sku(), line.quantity(), line.lot(), null, null, null))
                        .toList(),
                it.by(),
                it.device());
    }

    static StockDocument of(GoodsSent it) {
        return new StockDocument(
                it.document(),
                Kind.SENT,
                it.at(),
                it.to(),
                null,
                null,
                lines(it.lines()),
                it.by(),
                it.device());
    }

    static StockDocument of(GoodsArrived it) {
        return new StockDocument(
                it.document(),
                Kind.ARRIVED,
                it.at(),
                it.from(),
                it.sent(),
                null,
                lines(it.lines()),
                it.by(),
                it.device());
    }

    static StockDocument of(GoodsCounted it) {
        return new StockDocument(
                it.document(),
                Kind.COUNTED,
                it.at(),
                null,
                null,
                null,
                it.lines().stream().map(StockDocument::line).toList(),
                it.by(),
                it.device());
    }

    private static List<Line> lines(List<StockLine> lines) {
        return lines.stream()
                .map(it -> new Line(it.sku(), it.quantity(), it.lot(), it.expiry(), null, null))
                .toList();
    }

    private static Line line(CountLine it) {
        return new Line(it.sku(), it.counted(), null, null, it.at(), it.expected());
    }
}
