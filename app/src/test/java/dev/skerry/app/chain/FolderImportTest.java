package dev.skerry.app.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.chain.FolderImport.Faulty;
import dev.skerry.app.chain.FolderImport.Imported;
import dev.skerry.app.chain.Publisher.Published;
import dev.skerry.language.Gtin;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.catalog.CatalogEvent.ArticleChanged;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Read;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderImportTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private static final String HEADER = "sku,gtin,name,department,category,brand,size,price\n";
    private static final String STORES =
            "store,name,time_zone,currency,latitude,longitude\n27,Store 27,America/New_York,USD,,\n";

    @TempDir private Path folder;
    @TempDir private Path data;
    private SqliteDatabase database;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        database =
                SqliteDatabase.open(data.resolve("streams.db"), SqliteSettings.defaults(), CLOCK);
        write("stores.csv.gz", STORES);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out =
                name.endsWith(".gz")
                        ? new GZIPOutputStream(Files.newOutputStream(file))
                        : Files.newOutputStream(file)) {
            out.write(bytes);
        }
    }

    private Imported imported(boolean leaveOutFaultyAlone) {
        return new FolderImport(
                        folder,
                        leaveOutFaultyAlone,
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)),
                        progress::add)
                .into(new DatabasePlace(database, (_, _) -> {}), Optional.empty());
    }

    private Imported imported(String products) throws IOException {
        write("products.csv.gz", HEADER + products);
        return imported(false);
    }

    private <E> List<E> published(ReferenceStream<E> stream) {
        List<E> events = new ArrayList<>();
        if (database.find(stream.name()).isPresent()
                && database.read(stream.name(), 0, 1_000, 1_000_000) instanceof Read.Page page) {
            page.events()
                    .forEach(it ->
                            events.add(stream.form().read(CloudEvents.read(it)).orElseThrow()));
        }
        return events;
    }

    private List<Article> articles() {
        return published(ReferenceStream.CATALOG).stream()
                .map((CatalogEvent it) -> ((ArticleChanged) it).article())
                .toList();
    }

    private List<PriceSet> prices() {
        return published(ReferenceStream.PRICES).stream()
                .map((PriceEvent it) -> (PriceSet) it)
                .toList();
    }

    @Test
    void products_become_articles_and_their_prices_prices_of_the_chain() throws IOException {
        Imported it =
                imported(
                        """
                        25671,,"ICE, ""22"" CRUSHED/CUBED",GROCERY,FRZN MEAT/DINNERS,National,22 LB,249
                        A 1,4012345678901,Milk,,,,,
                        """);
        assertEquals(2, it.products());
        assertEquals(1, it.stores());
        assertEquals(0, it.faultyLines());
        assertEquals(new Published(2, 0), it.articles());
        assertEquals(new Published(1, 0), it.prices());
        Article ice = articles().getFirst();
        assertEquals("ICE, \"22\" CRUSHED/CUBED", ice.name());
        assertEquals(List.of("GROCERY", "FRZN MEAT-DINNERS"), ice.department());
        assertEquals("National", ice.brand());
        assertEquals("22 LB", ice.size());
        Article milk = articles().getLast();
        assertEquals(Gtin.parse("4012345678901"), milk.codes().getFirst().gtin());
        assertEquals(List.of("Other"), milk.department());
        PriceSet price = prices().getFirst();
        assertEquals(Money.of(249, "USD"), price.price());
        assertEquals("25671", price.place().sku().value());
        assertEquals(1, published(ReferenceStream.TAXES).size());
    }

    @Test
    void what_is_there_already_is_not_published_again() throws IOException {
        imported("1,,Milk,,,,,99\n2,,Butter,,,,,199\n");
        Imported again = imported("1,,Milk,,,,,99\n2,,Butter,,,,,189\n3,,Curd,,,,,79\n");
        assertEquals(new Published(1, 2), again.articles());
        assertEquals(new Published(2, 1), again.prices());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,,Milk,,,,|8 fields, not 7",
                "1,4012345678902,Milk,,,,,|no GTIN of 8, 12, 13 or 14 digits with the right check digit: 4012345678902",
                ",,Milk,,,,,99|a SKU has 1 to 64 characters, no control characters, and no space at its ends; not \"\"",
                "1,,Milk,,,,,0.99|a price is a whole number of minor units, not 0.99",
                "1,,Milk,,,,,-1|a price is a whole number of minor units, not -1",
                "0,,Milk,,,,,99|sku 0 is on line 2 already",
                "1,,\"Milk,,,,,99|a quote is opened and not closed",
            })
    void a_faulty_line_is_told_by_its_number(String line, String why) throws IOException {
        Imported it = imported("0,,Salt,,,,,49\n" + line + "\n");
        assertEquals(List.of(new Faulty("products", 3, why)), it.faulty());
        assertEquals(1, it.faultyLines());
        assertEquals(2, it.leftOut());
        assertEquals(List.of(), articles(), "its batch is left out with it");
    }

    @Test
    void lines_are_counted_across_line_breaks_in_quotes() throws IOException {
        Imported it = imported("1,,\"Milk\nfresh\",,,,,99\n2,x,Butter,,,,,\n");
        assertEquals(4, it.faulty().getFirst().line());
    }

    @Test
    void a_faulty_line_can_be_left_out_alone() throws IOException {
        write("products.csv.gz", HEADER + "1,,Milk,,,,,99\n2,x,Butter,,,,,\n3,,Curd,,,,,\n");
        Imported it = imported(true);
        assertEquals(1, it.faultyLines());
        assertEquals(1, it.leftOut());
        assertEquals(List.of("Milk", "Curd"), articles().stream().map(Article::name).toList());
    }

    @Test
    void a_faulty_line_keeps_only_its_own_batch_out() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            lines.append(i).append(i == 1_500 ? ",x" : ",").append(",Article,,,,,\n");
        }
        Imported it = imported(lines.toString());
        assertEquals(2_500, it.products());
        assertEquals(1_000, it.leftOut());
        assertEquals(new Published(1_500, 0), it.articles());
        assertEquals(List.of("1,000 products", "2,000 products", "2,500 products"), progress);
        Imported mended = imported(lines.toString().replace(",x,", ",,"));
        assertEquals(new Published(1_000, 1_500), mended.articles());
    }

    @Test
    void without_stores_the_currency_has_to_be_said() throws IOException {
        Files.delete(folder.resolve("stores.csv.gz"));
        ImportException missing =
                assertThrows(ImportException.class, () -> imported("1,,Milk,,,,,99\n"));
        assertTrue(String.valueOf(missing.getMessage()).contains("--currency"));
        new FolderImport(
                        folder,
                        false,
                        CLOCK,
                        new TimeOrderedIds(CLOCK, new Random(1)),
                        progress::add)
                .into(
                        new DatabasePlace(database, (_, _) -> {}),
                        Optional.of(Currency.getInstance("JPY")));
        assertEquals(Money.of(99, "JPY"), prices().getFirst().price());
    }

    @Test
    void stores_that_are_faulty_are_told_and_several_currencies_are_too_many() throws IOException {
        write("stores.csv.gz", STORES + "28,Store 28,Mars/Olympus,USD,,\n");
        assertEquals(
                List.of(new Faulty("stores", 3, "no time zone of the IANA database: Mars/Olympus")),
                imported("1,,Milk,,,,,99\n").faulty());
        write("stores.csv.gz", STORES + "28,Store 28,Europe/Paris,EUR,,\n");
        assertThrows(ImportException.class, () -> imported("1,,Milk,,,,,99\n"));
    }

    @Test
    void what_is_not_in_the_format_is_not_begun() throws IOException {
        assertThrows(ImportException.class, () -> imported(false));
        write("products.csv", "sku,name\n1,Milk\n");
        assertThrows(ImportException.class, () -> imported(false));
        Files.delete(folder.resolve("products.csv"));
        write("products.csv", new byte[] {'s', 'k', 'u', (byte) 0xFF, '\n'});
        assertThrows(ImportException.class, () -> imported(false));
    }

    @Test
    void a_file_need_not_be_packed() throws IOException {
        write("products.csv", HEADER + "1,,Milk,,,,,99\n");
        assertEquals(new Published(1, 0), imported(false).articles());
    }
}
