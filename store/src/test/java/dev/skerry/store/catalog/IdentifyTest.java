package dev.skerry.store.catalog;

import static dev.skerry.store.catalog.Hq.article;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.Gtin;
import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.catalog.Article.Code;
import dev.skerry.language.catalog.CatalogEvent.LotRecalled;
import dev.skerry.language.catalog.CatalogEvent.LotReleased;
import dev.skerry.language.catalog.Unit;
import dev.skerry.language.gs1.PriceCheckDigit;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifyTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 1, 12, 0);
    private static final Gtin MILK = Gtin.parse("4012345678901");
    private static final Gtin SIX = Gtin.parse("4012345678918");

    @TempDir private Path folder;
    private Hq hq;

    @BeforeEach
    void open() {
        hq = new Hq(folder);
        hq.sell(
                article("1001", "Milk")
                        .codes(List.of(new Code(MILK, 1), new Code(SIX, 6)))
                        .plu("77"),
                article("1002", "Chewing gum").gtin(Gtin.parse("96385074")),
                article("1003", "Soda").gtin(Gtin.parse("042100005264")),
                article("2001", "Apples").weighed().plu("12345"),
                article("2002", "Cheese").weighed().plu("432"),
                article("2003", "Sausage").weighed().gtin(code("281777000000")),
                article("2004", "Fabric").unit(Unit.METRE).gtin(Gtin.parse("99501101530006")),
                article("3001", "Gin").gtin(Gtin.parse("5000289020701")).ageMin(18),
                article("85123A", "Lantern"),
                article("4001", "Easter egg")
                        .plu("900")
                        .active(
                                LocalDateTime.of(2026, 3, 15, 0, 0),
                                LocalDateTime.of(2026, 4, 6, 0, 0)));
    }

    @AfterEach
    void close() {
        hq.close();
    }

    private static Gtin code(String twelve) {
        return Gtin.parse(twelve + Gtin.checkDigit(twelve));
    }

    private static String printed(String twelve) {
        return twelve + Gtin.checkDigit(twelve);
    }

    private Identified identify(String code) {
        return hq.catalog.identify(code, NOON);
    }

    private Identified.Found found(String code) {
        return assertInstanceOf(Identified.Found.class, identify(code), code);
    }

    private void assertSku(String expected, String code) {
        assertEquals(expected, found(code).article().sku().value(), code);
    }

    // ---- which article

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4012345678901",
                "04012345678901",
                "]E04012345678901",
                "]C10104012345678901",
                "(01)04012345678901",
                "https://id.gs1.org/01/04012345678901",
                "1001",
                "77",
                " 1001\r\n"
            })
    void one_article_is_found_by_each_of_its_codes(String code) {
        assertSku("1001", code);
    }

    @Test
    void short_codes_are_found_too() {
        assertSku("1002", "96385074");
        assertSku("1003", "042100005264");
        assertSku("1003", "0042100005264");
        assertSku("1003", "04252614");
    }

    @Test
    void a_sku_is_told_by_its_case_unless_only_one_comes_near() {
        assertSku("85123A", "85123A");
        assertSku("85123A", "85123a");
        hq.sell(article("85123a", "Another lantern"));
        assertSku("85123a", "85123a");
        assertSku("85123A", "85123A");
    }

    @Test
    void a_number_on_a_key_goes_before_a_sku() {
        hq.sell(article("77", "Hammer"));
        assertSku("1001", "77");
    }

    @Test
    void where_two_articles_have_one_code_the_one_in_sale_is_meant_and_then_the_lower_sku() {
        hq.sell(article("0999", "Old milk").gtin(MILK).active(null, NOON));
        assertSku("1001", MILK.digits());
        hq.sell(article("1000", "Other milk").gtin(MILK));
        assertSku("1000", MILK.digits());
    }

    @Test
    void what_nobody_knows_is_unknown_and_says_what_it_is() {
        Gtin gtin = Gtin.parse("4006381333931");
        assertEquals(new Identified.Unknown("4006381333931", gtin), identify("4006381333931"));
        assertEquals(new Identified.Unknown("9999", null), identify("9999"));
        assertEquals(
                new Identified.Unknown("(01)04006381333931", gtin), identify("(01)04006381333931"));
        assertEquals(
                new Identified.Unknown("(00)340123450000000000", null),
                identify("(00)340123450000000000"));
        String url = "https://example.com/menu";
        assertEquals(new Identified.Unknown(url, null), identify(url));
        assertEquals(new Identified.Unknown("", null), identify(""));
    }

    @Test
    void a_wrong_check_digit_is_a_misread_code_unless_it_is_somebodys_sku() {
        assertInstanceOf(Identified.Unreadable.class, identify("4012345678902"));
        assertInstanceOf(Identified.Unreadable.class, identify("(01)04012345678902"));
        hq.sell(article("4012345678902", "Odd"));
        assertSku("4012345678902", "4012345678902");
    }

    // ---- what the code says besides

    @Test
    void a_pack_is_so_many() {
        assertEquals(1, found(MILK.digits()).label().units());
        assertEquals(6, found(SIX.digits()).label().units());
        assertEquals(SIX, found("4012345678918").label().gtin());
        assertEquals(12, found("(01)" + SIX + "(30)2").label().units());
        assertInstanceOf(Identified.Unreadable.class, identify("(01)" + SIX + "(30)99999999"));
    }

    @Test
    void a_weight_in_a_stores_own_code_is_carried() {
        Identified.Found apples = found(printed("211234500735"));
        assertEquals("2001", apples.article().sku().value());
        assertEquals(new Quantity(735), apples.label().quantity());
        assertFalse(apples.weigh());
        assertEquals(
                new Quantity(14_685),
                found(printed("290432" + PriceCheckDigit.of("14685") + "14685"))
                        .label()
                        .quantity());
    }

    @Test
    void a_price_in_a_stores_own_code_is_carried() {
        assertEquals(Money.of(450, "EUR"), found(printed("231234500450")).label().price());
        assertEquals(Money.of(2875, "EUR"), found(printed("021234592875")).label().price());
        Identified.Unreadable misread =
                assertInstanceOf(Identified.Unreadable.class, identify(printed("021234582875")));
        assertTrue(misread.why().contains("price"));
    }

    @Test
    void an_article_may_be_listed_by_its_code_without_a_price() {
        Identified.Found sausage = found(printed("281777" + PriceCheckDigit.of("00399") + "00399"));
        assertEquals("2003", sausage.article().sku().value());
        assertEquals(Money.of(399, "EUR"), sausage.label().price());
    }

    @Test
    void what_is_weighed_and_has_neither_weight_nor_price_is_to_be_weighed() {
        assertTrue(found("12345").weigh());
        assertFalse(found("1001").weigh());
    }

    @Test
    void an_element_string_says_weight_price_lot_and_dates() {
        hq.sell(article("2005", "Ham").weighed().gtin(Gtin.parse("99501101530006")));
        Identified.Found ham =
                found("(01)99501101530006(3103)000735(3922)0299(10)L1(15)260310(17)260312(21)S9");
        assertEquals("2005", ham.article().sku().value(), "not the one that is sold by the metre");
        Label label = ham.label();
        assertEquals(new Quantity(735), label.quantity());
        assertEquals(Money.of(299, "EUR"), label.price());
        assertEquals("L1", label.lot());
        assertEquals("S9", label.serial());
        assertEquals(LocalDate.of(2026, 3, 10), label.bestBefore());
        assertEquals(LocalDateTime.of(2026, 3, 13, 0, 0), label.sellBefore());
    }

    @Test
    void a_weight_on_what_is_sold_by_the_piece_is_no_quantity() {
        assertNull(found("(01)" + MILK + "(3103)001030").label().quantity());
    }

    @Test
    void a_price_that_cannot_be_paid_here_is_not_readable() {
        assertInstanceOf(Identified.Unreadable.class, identify("(01)" + MILK + "(3932)8400299"));
        assertInstanceOf(Identified.Unreadable.class, identify("(01)" + MILK + "(3924)12345"));
        assertEquals(Money.of(299, "EUR"), found("(01)" + MILK + "(3932)9780299").label().price());
    }

    // ---- whether it may be sold

    @Test
    void an_age_limit_is_a_birthday() {
        assertEquals(LocalDate.of(2008, 3, 1), found("5000289020701").bornBy());
        assertNull(found("1001").bornBy());
    }

    @Test
    void what_is_not_in_sale_yet_or_any_more_is_told_so() {
        assertInstanceOf(Identified.NotInSale.class, identify("900"));
        assertInstanceOf(
                Identified.Found.class,
                hq.catalog.identify("900", LocalDateTime.of(2026, 3, 15, 0, 0)));
        assertInstanceOf(
                Identified.NotInSale.class,
                hq.catalog.identify("900", LocalDateTime.of(2026, 4, 6, 0, 0)));
    }

    @Test
    void goods_are_refused_from_the_end_of_their_last_day_on() {
        String code = "(01)" + MILK + "(17)260301";
        assertInstanceOf(
                Identified.Found.class,
                hq.catalog.identify(code, LocalDateTime.of(2026, 3, 1, 23, 59)));
        Identified.Expired expired =
                assertInstanceOf(
                        Identified.Expired.class,
                        hq.catalog.identify(code, LocalDateTime.of(2026, 3, 2, 0, 0)));
        assertEquals(LocalDateTime.of(2026, 3, 2, 0, 0), expired.since());
        assertInstanceOf(Identified.Expired.class, identify("(01)" + MILK + "(7003)2603011159"));
        assertInstanceOf(Identified.Expired.class, identify("(01)" + MILK + "(16)260228"));
        assertInstanceOf(
                Identified.Found.class,
                identify("(01)" + MILK + "(15)260228"),
                "best before is no use by");
    }

    @Test
    void a_recalled_lot_is_refused_and_another_is_not() {
        hq.publish(new LotRecalled(MILK, "L1", null, "glass"));
        Identified.Recalled recalled =
                assertInstanceOf(Identified.Recalled.class, identify("(01)" + MILK + "(10)L1"));
        assertEquals("glass", recalled.recall().reason());
        assertEquals(List.of(), found("(01)" + MILK + "(10)L2").beware());
        assertEquals(
                List.of(new Recall(MILK, "L1", null, "glass")),
                found(MILK.digits()).beware(),
                "the code does not say its lot");
        assertEquals(List.of(), found(SIX.digits()).beware(), "another package");
        assertEquals(1, found("1001").beware().size(), "typed: whichever package it is");
        hq.publish(new LotReleased(MILK, "L1"));
        assertEquals(List.of(), found("(01)" + MILK + "(10)L1").beware());
    }

    @Test
    void a_recall_of_all_that_expires_until_a_day_goes_by_whatever_date_the_code_has() {
        hq.publish(new LotRecalled(MILK, null, LocalDate.of(2026, 3, 31), "sour"));
        for (String date : List.of("(17)260331", "(15)260331", "(17)260302")) {
            assertInstanceOf(Identified.Recalled.class, identify("(01)" + MILK + date), date);
        }
        assertEquals(List.of(), found("(01)" + MILK + "(17)260401").beware());
        assertEquals(1, found("(01)" + MILK + "(10)L1").beware().size());
    }

    @Test
    void a_recall_of_everything_stops_the_article() {
        hq.publish(new LotRecalled(Gtin.parse("96385074"), null, null, "choking"));
        assertInstanceOf(Identified.Recalled.class, identify("96385074"));
        assertInstanceOf(Identified.Recalled.class, identify("1002"), "typed: it has one package");
    }

    @Test
    void a_recall_goes_before_a_date_that_has_passed() {
        hq.publish(new LotRecalled(MILK, "L1", null, "glass"));
        assertInstanceOf(Identified.Recalled.class, identify("(01)" + MILK + "(17)260101(10)L1"));
    }
}
