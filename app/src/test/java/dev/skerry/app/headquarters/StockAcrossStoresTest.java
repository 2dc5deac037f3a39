package dev.skerry.app.headquarters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skerry.context.Book.Command;
import dev.skerry.hq.stock.Stock;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.inventory.StockLine;
import dev.skerry.store.inventory.Inventory;
import dev.skerry.store.inventory.Inventory.Counted;
import dev.skerry.store.inventory.Inventory.Header;
import dev.skerry.stream.Follower;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A store's own books beside what headquarters makes of its events.
class StockAcrossStoresTest {

    private static final Instant NOW = Instant.parse("2026-03-02T18:00:00Z");
    private static final List<Sku> SKUS = List.of(new Sku("a"), new Sku("b"), new Sku("c"));

    @TempDir private Path folder;

    private SqliteDatabase database(
            String file, InstantSource clock, dev.skerry.stream.sqlite.Migrations... tables) {
        return SqliteDatabase.open(folder.resolve(file), SqliteSettings.defaults(), clock, tables);
    }

    /// Documents are written down in any order, and counts look back.
    private static void happens(int number, Inventory inventory, Random random) {
        Command command = new Command("c" + number, "same");
        // Few moments, so that some share theirs.
        Instant at = NOW.minusSeconds(60L * random.nextInt(40));
        Header header = new Header("d%03d".formatted(random.nextInt(1000)), at, "anna", "h-1");
        Sku sku = SKUS.get(random.nextInt(SKUS.size()));
        Quantity quantity = Quantity.of(random.nextInt(1, 30));
        List<StockLine> lines = List.of(new StockLine(sku, quantity, null, null));
        switch (random.nextInt(6)) {
            case 0 -> inventory.receive(command, header, "Supplier", null, lines);
            case 1 -> inventory.waste(command, header, "spoiled", lines);
            case 2 -> inventory.send(command, header, "store-0043", lines);
            case 3 -> inventory.arrive(command, header, "store-0043", null, lines);
            case 4 -> inventory.adjust(command, header, "broken", lines);
            default -> inventory.count(command, header, List.of(new Counted(sku, quantity, null)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void headquarters_figures_are_the_stores_own_in_whatever_order_things_become_known(long seed) {
        Random random = new Random(seed);
        InstantSource clock = InstantSource.fixed(NOW);
        TimeOrderedIds ids = new TimeOrderedIds(clock, random);
        try (SqliteDatabase store = database("inventory.db", clock, Inventory.tables());
                SqliteDatabase hq = database("stock.db", clock, Stock.tables())) {
            Inventory inventory =
                    new Inventory(
                            store,
                            new Inventory.Site("0042", ZoneId.of("Europe/Berlin")),
                            Inventory.Rules.defaults(),
                            clock,
                            ids);
            Stock stock = new Stock(hq, clock, ids);
            Follower<SqliteTransaction> follower =
                    stock.stores(store.source(StreamPattern.of("store-*/inventory"), "stock"));
            for (int i = 0; i < 120; i++) {
                happens(i, inventory, random);
                while (follower.step() instanceof Steps.Step.Moved) {}
                assertEquals(List.of(), follower.parked());
            }
            for (Sku sku : SKUS) {
                assertEquals(
                        inventory.stock(sku).quantity(),
                        stock.article(sku).orElseThrow().stores().getFirst().quantity(),
                        sku::value);
            }
        }
    }
}
