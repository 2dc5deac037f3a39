package dev.skerry.language.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Golden;
import dev.skerry.language.inventory.Availability.State;
import dev.skerry.language.inventory.Availability.Without;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityChanged;
import dev.skerry.language.inventory.AvailabilityEvent.AvailabilityRestored;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockChanged;
import dev.skerry.language.inventory.ChainStockEvent.StoreStockRemoved;
import dev.skerry.language.inventory.InventoryEvent.Cause;
import dev.skerry.language.inventory.InventoryEvent.GoodsAdjusted;
import dev.skerry.language.inventory.InventoryEvent.GoodsArrived;
import dev.skerry.language.inventory.InventoryEvent.GoodsCounted;
import dev.skerry.language.inventory.InventoryEvent.GoodsReceived;
import dev.skerry.language.inventory.InventoryEvent.GoodsSent;
import dev.skerry.language.inventory.InventoryEvent.GoodsSold;
import dev.skerry.language.inventory.InventoryEvent.GoodsWasted;
import dev.skerry.language.inventory.InventoryEvent.ItemBackInStock;
import dev.skerry.language.inventory.InventoryEvent.ItemRanOut;
import dev.skerry.language.inventory.InventoryEvent.SaleTakenBack;
import dev.skerry.language.inventory.InventoryEvent.ThresholdSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryEventTest {

    private static final Instant AT = Instant.parse("2026-03-02T09:30:00.125Z");
    private static final Sku BACON = new Sku("I-BACON");
    private static final Sku BURGER = new Sku("M-10");
    private static final List<Movement> MOVED =
            List.of(
                    new Movement(
                            new Sku("100200"),
                            MovementKind.SOLD,
                            Quantity.of(-2),
                            "1",
                            null,
                            "L4711"),
                    new Movement(
                            BACON, MovementKind.CONSUMED, new Quantity(-30), "2", BURGER, null));
    private static final List<StockLine> LINES =
            List.of(
                    new StockLine(
                            new Sku("100200"), Quantity.of(24), "L4711", LocalDate.of(2026, 9, 30)),
                    new StockLine(BACON, new Quantity(2500), null, null));

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(InventoryEvent.FORM, InventoryEventTest.class)
                .check(
                        Map.ofEntries(
                                Map.entry(
                                        "GoodsSold",
                                        new GoodsSold("o-1", AT, LocalDate.of(2026, 3, 2), MOVED)),
                                Map.entry("SaleTakenBack", new SaleTakenBack("o-1", AT, MOVED)),
                                Map.entry(
                                        "GoodsReceived-1",
                                        new GoodsReceived(
                                                "r-1",
                                                AT,
                                                "Dairy Ltd",
                                                "D-7",
                                                LINES,
                                                "anna",
                                                "handheld-1")),
                                Map.entry(
                                        "GoodsReceived-2",
                                        new GoodsReceived(
                                                "r-2", AT, "Baker", null, LINES, "", "till-1")),
                                Map.entry(
                                        "GoodsWasted",
                                        new GoodsWasted(
                                                "w-1",
                                                AT,
                                                "spoiled",
                                                LINES,
                                                MOVED,
                                                "anna",
                                                "handheld-1")),
                                Map.entry(
                                        "GoodsAdjusted",
                                        new GoodsAdjusted(
                                                "a-1",
                                                AT,
                                                "own use",
                                                List.of(
                                                        new Movement(
                                                                BACON,
                                                                MovementKind.ADJUSTED,
                                                                new Quantity(-250),
                                                                "1",
                                                                null,
                                                                "L4711")),
                                                "anna",
                                                "office-1")),
                                Map.entry(
                                        "GoodsCounted",
                                        new GoodsCounted(
                                                "c-1",
                                                AT,
                                                List.of(
                                                        new CountLine(
                                                                BACON,
                                                                new Quantity(1250),
                                                                AT,
                                                                new Quantity(1310))),
                                                "anna",
                                                "handheld-1")),
                                Map.entry(
                                        "GoodsSent",
                                        new GoodsSent(
                                                "t-1",
                                                AT,
                                                "store-0043",
                                                LINES,
                                                "anna",
                                                "handheld-1")),
                                Map.entry(
                                        "GoodsArrived",
                                        new GoodsArrived(
                                                "t-2",
                                                AT,
                                                "store-0043",
                                                "t-1",
                                                LINES,
                                                "anna",
                                                "handheld-1")),
                                Map.entry(
                                        "ItemRanOut",
                                        new ItemRanOut(
                                                BACON, Cause.HAND, Quantity.of(-1), AT, "anna")),
                                Map.entry(
                                        "ItemBackInStock",
                                        new ItemBackInStock(
                                                BACON, Cause.GOODS_SEEN, Quantity.of(5), AT, "")),
                                Map.entry(
                                        "ThresholdSet-1",
                                        new ThresholdSet(BACON, new Quantity(500), "anna")),
                                Map.entry(
                                        "ThresholdSet-2", new ThresholdSet(BACON, null, "anna"))));
    }

    @Test
    void every_event_of_what_can_be_had_is_read_and_written_as_it_was_first_published() {
        new Golden<>(AvailabilityEvent.FORM, InventoryEventTest.class)
                .check(
                        Map.of(
                                "AvailabilityChanged-1",
                                new AvailabilityChanged(
                                        new Availability(
                                                BURGER,
                                                State.LIMITED,
                                                List.of(BACON),
                                                List.of(
                                                        new Without(BACON, new Sku("X-BACON")),
                                                        new Without(new Sku("I-CHILI"), null)),
                                                List.of("fries"),
                                                List.of()),
                                        AT),
                                "AvailabilityChanged-2",
                                new AvailabilityChanged(
                                        new Availability(
                                                BURGER,
                                                State.OUT,
                                                List.of(BACON),
                                                List.of(),
                                                List.of(),
                                                List.of(new Sku("M-11"))),
                                        AT),
                                "AvailabilityRestored",
                                new AvailabilityRestored(BURGER, AT)));
    }

    @Test
    void every_event_of_other_stores_stock_is_read_and_written_as_it_was_first_published() {
        new Golden<>(ChainStockEvent.FORM, InventoryEventTest.class)
                .check(
                        Map.of(
                                "StoreStockChanged",
                                new StoreStockChanged("store-0043", BACON, new Quantity(7500), AT),
                                "StoreStockRemoved",
                                new StoreStockRemoved("store-0043", BACON)));
    }

    @Test
    void every_event_of_transfers_is_read_and_written_as_it_was_first_published() {
        new Golden<>(TransferEvent.FORM, InventoryEventTest.class)
                .check(
                        Map.of(
                                "TransferClosed",
                                new TransferEvent.TransferClosed(
                                        "store-0042", "t-17", "found in the van", "anna", AT)));
    }

    @Test
    void what_ends_something_has_the_key_of_what_began_it() {
        assertEquals(
                new StoreStockChanged("store-0043", BACON, Quantity.ONE, AT).key(),
                new StoreStockRemoved("store-0043", BACON).key());
        assertEquals(
                new AvailabilityChanged(Availability.full(BACON), AT).key(),
                new AvailabilityRestored(BACON, AT).key());
        assertTrue(new AvailabilityRestored(BACON, AT).ends());
        assertFalse(new AvailabilityChanged(Availability.full(BACON), AT).ends());
    }
}
