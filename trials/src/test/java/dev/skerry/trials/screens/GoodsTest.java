package dev.skerry.trials.screens;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Goods, campaigns, labels and people in the office, on a phone, beside a till and a board of the same store.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoodsTest {

    private static final String CHOCOLATE = "09522554000042";
    private static final String CHOCOLATE_SKU = "102662";
    private static final String PUREE = "09522813000127";

    private Chromium chromium;
    private Shop shop;
    private Page office;
    private Page till;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        PlaywrightAssertions.setDefaultAssertionTimeout((double) Chromium.SOON.toMillis());
        shop = new Shop(folder, "shop.pair-on-loopback=any");
        BrowserContext phone = chromium.machine();
        office = chromium.page(phone, shop.url("/office"));
        office.setViewportSize(360, 740);
        till = chromium.page(chromium.machine(), shop.url("/till"));
    }

    @AfterAll
    void stop() {
        if (shop != null) {
            shop.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void no_script_has_failed() {
        assertEquals(List.of(), chromium.errors());
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(Pattern.compile(label)).first();
    }

    private static void sees(Page page, String text) {
        page.getByText(Pattern.compile(text))
                .filter(new Locator.FilterOptions().setVisible(true))
                .first()
                .waitFor();
    }

    private static void heads(Page page, String heading) {
        page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(Pattern.compile(heading)).setLevel(1))
                .waitFor();
    }

    private static void scan(Page page, String code) {
        page.keyboard().type(code);
        page.keyboard().press("Enter");
    }

    /// As a person types a number. A scanner's keys come so slowly on a busy machine that nobody can tell them from a person's.
    private void types(String code) {
        Locator find =
                office.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Article"))
                        .first();
        find.fill(code);
        find.press("Enter");
    }

    private void goes(String page) {
        office.evaluate("it => { location.hash = it; }", page);
    }

    private static void isOpenToAll(Page page) {
        assertEquals(List.of(), Chromium.barriers(page));
    }

    private static void signsOn(Page page, String who, String pin) {
        button(page, who).first().click();
        page.keyboard().type(pin);
        page.keyboard().press("Enter");
    }

    /// The figure beside a heading of the page of an article.
    private void stockIs(String figure) {
        assertThat(office.getByText(figure, new Page.GetByTextOptions().setExact(true)).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions());
    }

    @Test
    @Order(1)
    void a_delivery_is_received_by_scanning_and_is_in_the_books() {
        signsOn(office, "manager", "1001");
        heads(office, "Overview");
        // To a store that is new its articles and prices come one after the other.
        for (String code : List.of(CHOCOLATE, PUREE)) {
            office.waitForFunction(
                    "async () => { const it = await fetch('/api/price-check?code=%s'); return it.ok && (await it.json()).price; }"
                            .formatted(code));
        }
        goes("stock");
        heads(office, "^Stock$");
        isOpenToAll(office);
        link(office, "^Receive$").click();
        heads(office, "^Receive$");
        types(CHOCOLATE);
        field(office, "Quantity of Schokohof").waitFor();
        types(PUREE);
        field(office, "Quantity of Kleiner").waitFor();
        types(CHOCOLATE);
        assertThat(field(office, "Quantity of Schokohof")).hasValue("2");
        field(office, "Quantity of Schokohof").fill("40");
        field(office, "^Supplier").fill("Dairy Ltd");
        field(office, "Delivery note number").fill("D-4711");
        isOpenToAll(office);
        button(office, "Receive 2 lines").click();
        heads(office, "Delivery received");
        sees(office, "D-4711");
        isOpenToAll(office);
        goes("stock/article/" + CHOCOLATE_SKU);
        heads(office, "Schokohof");
        stockIs("40");
        isOpenToAll(office);
    }

    @Test
    @Order(2)
    void a_delivery_note_that_was_received_before_is_told() {
        goes("stock/receive");
        heads(office, "^Receive$");
        field(office, "Delivery note number").fill("D-4711");
        office.keyboard().press("Tab");
        sees(office, "was received before");
        // What was begun is there again after the page was loaded anew.
        types(PUREE);
        assertThat(field(office, "Quantity of Kleiner")).hasValue("1");
        office.reload();
        assertThat(field(office, "Quantity of Kleiner")).hasValue("1");
        button(office, "^Discard$").click();
        isOpenToAll(office);
        button(office, "^Discard$").last().click();
        heads(office, "^Stock$");
    }

    @Test
    @Order(3)
    void a_count_takes_off_by_itself_what_is_sold_after_the_shelf_was_looked_at() {
        signsOn(till, "manager", "1001");
        button(till, "Start selling").click();
        button(till, "€\\d").first().waitFor();
        sees(till, "Scan the first article");
        goes("stock/count");
        heads(office, "^Count$");
        types(CHOCOLATE);
        field(office, "Quantity of Schokohof").fill("37");
        // The shelf was looked at; only then are three sold.
        for (int i = 0; i < 3; i++) {
            scan(till, CHOCOLATE);
        }
        sees(till, "3 articles");
        till.keyboard().press("F12");
        sees(till, "Receipt till-1-0001");
        till.keyboard().press("Escape");
        assertEquals(0, office.getByText("Books", new Page.GetByTextOptions()).count());
        button(office, "Write 1 line down").click();
        heads(office, "^Count$");
        sees(office, "what they said of the moment");
        isOpenToAll(office);
        goes("stock/article/" + CHOCOLATE_SKU);
        heads(office, "Schokohof");
        stockIs("34");
        sees(office, "Last counted");
    }

    @Test
    @Order(4)
    void waste_has_its_reason_and_an_adjustment_goes_both_ways() {
        goes("stock/waste/" + CHOCOLATE_SKU);
        heads(office, "^Waste$");
        field(office, "^Reason").selectOption("expired");
        field(office, "Quantity of Schokohof").fill("4");
        isOpenToAll(office);
        button(office, "Write 1 line off").click();
        sees(office, "Expired");
        goes("stock/adjust/" + CHOCOLATE_SKU);
        heads(office, "^Adjust$");
        field(office, "Quantity of Schokohof").fill("-10");
        // Without a reason nothing is done, and it says so.
        button(office, "Adjust 1 line").click();
        office.getByRole(AriaRole.ALERT).first().waitFor();
        field(office, "^Reason").selectOption("missing");
        button(office, "Adjust 1 line").click();
        heads(office, "^Adjustment$");
        goes("stock/article/" + CHOCOLATE_SKU);
        stockIs("20");
        sees(office, "Wasted");
    }

    @Test
    @Order(5)
    void what_ran_out_is_gone_from_the_board_until_it_is_back() {
        Page board = chromium.page(chromium.machine(), shop.url("/board"));
        sees(board, "Croissant|Hot chocolate|Cappuccino");
        goes("stock/article/C-chocolate");
        heads(office, "Hot chocolate");
        button(office, "It ran out").click();
        sees(board, "Sold out");
        button(office, "It is back").waitFor();
        isOpenToAll(office);
        goes("stock");
        link(office, "Hot chocolate").waitFor();
        link(office, "Hot chocolate").click();
        button(office, "It is back").click();
        assertThat(board.getByText("Sold out").first()).isHidden();
        board.close();
    }

    @Test
    @Order(6)
    void a_campaign_shows_what_it_does_and_is_at_the_till_with_the_next_scan() {
        goes("campaigns");
        heads(office, "^Campaigns$");
        isOpenToAll(office);
        button(office, "New campaign").click();
        heads(office, "New campaign");
        field(office, "Name on the receipt").fill("Choco days");
        button(office, "A price").click();
        field(office, "Price for one").fill("1.11");
        types(CHOCOLATE);
        sees(office, "€1\\.11");
        isOpenToAll(office);
        button(office, "Begin now").click();
        sees(office, "counts from now on");
        scan(till, CHOCOLATE);
        sees(till, "Choco days");
        till.keyboard().press("F12");
        sees(till, "Receipt till-1-0002");
        till.keyboard().press("Escape");
        button(office, "End now").click();
        isOpenToAll(office);
        button(office, "End now").last().click();
        sees(office, "No campaign");
        scan(till, CHOCOLATE);
        sees(till, "1 article");
        assertEquals(0, till.getByText("Choco days").count());
        till.keyboard().press("F12");
        sees(till, "Receipt till-1-0003");
        till.keyboard().press("Escape");
    }

    @Test
    @Order(7)
    void labels_are_made_hung_and_ticked_off_by_scanning() {
        goes("labels");
        heads(office, "^Labels$");
        Locator boxes =
                office.getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^Choose ")));
        boxes.first().waitFor();
        boxes.nth(0).check();
        boxes.nth(1).check();
        isOpenToAll(office);
        button(office, "Make 2 labels").click();
        heads(office, "^2 labels$");
        sees(office, "2 are to be hung");
        isOpenToAll(office);
        // Scanned is what stands on the label: here, its number.
        String number =
                office.locator("main").getByText(Pattern.compile("^\\d{6}$")).first().innerText();
        field(office, "^Article").fill(number);
        office.keyboard().press("Enter");
        sees(office, "1 is to be hung");
        button(office, "All hang").click();
        sees(office, "all hang");
        goes("labels");
        sees(office, "2 of 2 hang");
    }

    @Test
    @Order(8)
    void a_new_pin_works_at_the_till_and_a_helper_sells_and_the_audit_says_who_gave_it() {
        goes("people");
        heads(office, "People and rights");
        isOpenToAll(office);
        button(office, "^New PIN of Carlos").click();
        isOpenToAll(office);
        Locator dialog = office.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("New PIN", new Locator.GetByLabelOptions().setExact(true)).fill("1111");
        dialog.getByLabel("Once more").fill("1111");
        office.keyboard().press("Enter");
        sees(office, "what anybody tries first");
        dialog.getByLabel("New PIN", new Locator.GetByLabelOptions().setExact(true)).fill("8341");
        dialog.getByLabel("Once more").fill("8341");
        office.keyboard().press("Enter");
        sees(office, "PIN of this store");
        button(office, "Take a helper on").click();
        dialog.getByLabel("Name").fill("Hugo Next Door");
        dialog.getByLabel("New PIN").fill("8342");
        isOpenToAll(office);
        office.keyboard().press("Enter");
        sees(office, "Helpers of this store");
        Page other = chromium.page(chromium.machine(), shop.url("/till"));
        signsOn(other, "1003", "8341");
        button(other, "Start selling").waitFor();
        sees(office, "at till-2");
        button(office, "Sign off at till-2").click();
        button(office, "^Sign off$").last().click();
        signsOn(other, "Hugo", "8342");
        button(other, "Start selling").waitFor();
        goes("people/audit");
        sees(office, "gave Carlos .* a new PIN");
        sees(office, "Hugo Next Door signed on at till-2");
        isOpenToAll(office);
        other.close();
    }
}
