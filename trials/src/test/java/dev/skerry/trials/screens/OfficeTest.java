package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/// A manager's day at the office, beside a till that sells, in a real browser on a real store.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfficeTest {

    private static final String CHOCOLATE = "09522554000042";
    private static final String PUREE = "09522813000127";

    private Chromium chromium;
    private Shop shop;
    private Page office;
    private Page till;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        shop = new Shop(folder);
        BrowserContext desk = chromium.machine();
        office = chromium.page(desk, shop.url("/office"));
        // The first screen is let in by itself; the next one needs its code.
        button(office, "manager").first().waitFor();
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

    /// The question that is open.
    private static Locator answer(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /// @param text of its cells, with `.*` between them
    private static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW)
                .filter(
                        new Locator.FilterOptions()
                                .setHasText(Pattern.compile(text, Pattern.DOTALL)));
    }

    private static void sees(Page page, String text) {
        page.getByText(Pattern.compile(text)).first().waitFor();
    }

    private void goTo(String name) {
        link(office, "^" + name + "$").click();
        office.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(name).setLevel(1).setExact(true))
                .waitFor();
    }

    private static void sells(Page till, String... codes) {
        for (String code : codes) {
            till.keyboard().type(code);
            till.keyboard().press("Enter");
        }
        sees(till, codes.length == 1 ? "1 article" : codes.length + " articles");
        till.keyboard().press("F12");
        sees(till, "Receipt till-1-");
        till.keyboard().press("Escape");
    }

    private void isOpenToAll() {
        assertEquals(List.of(), Chromium.barriers(office));
    }

    @Test
    @Order(1)
    void a_manager_signs_on_and_opens_the_day() {
        button(office, "manager").first().click();
        office.keyboard().type("1001");
        office.keyboard().press("Enter");
        sees(office, "Not open");
        isOpenToAll();
        button(office, "^Open the day$").click();
        isOpenToAll();
        answer(office, "Open the day").click();
        sees(office, "Open since");
        row(office, "office-1").waitFor();
    }

    @Test
    @Order(2)
    void a_till_that_shows_a_code_is_let_in_and_seen_when_it_trades() {
        String code =
                till.getByText(Pattern.compile("^\\d{3} \\d{3}$")).innerText().replace(" ", "");
        goTo("Devices");
        isOpenToAll();
        button(office, "^Let a screen in$").click();
        office.getByLabel("Code on the screen").fill(code);
        office.getByLabel("What it is called").fill("till-1");
        isOpenToAll();
        answer(office, "Let it in").click();
        row(office, "till-1").waitFor();
        button(till, "1003").click();
        till.keyboard().type("3001");
        till.keyboard().press("Enter");
        button(till, "Start selling").click();
        goTo("Overview");
        row(office, "till-1.*€100.00").waitFor();
    }

    @Test
    @Order(3)
    void a_sale_is_seen_as_it_is_made_and_found_in_the_journal() {
        sells(till, CHOCOLATE, PUREE);
        sees(office, "^1 receipt");
        isOpenToAll();
        sells(till, PUREE);
        sees(office, "^2 receipts");
        goTo("Journal");
        row(office, "till-1-0002").waitFor();
        isOpenToAll();
        office.getByLabel("Receipt, article or customer").fill("schokohof");
        button(office, "^Find$").click();
        row(office, "till-1-0002").waitFor(hidden());
        link(office, "till-1-0001").click();
        sees(office, "TOTAL EUR");
        isOpenToAll();
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }

    @Test
    @Order(4)
    void a_duplicate_is_printed_where_there_is_a_printer() {
        button(office, "Print a duplicate").click();
        sees(office, "[Nn]o printer");
        // One that nobody has switched on: what is printed waits for it.
        assertEquals(
                200,
                office.context()
                        .request()
                        .put(
                                shop.url("/api/printers/front"),
                                RequestOptions.create()
                                        .setHeader("Idempotency-Key", "printer-front")
                                        .setHeader("Origin", shop.url(""))
                                        .setData(
                                                Map.of(
                                                        "name",
                                                        "Front",
                                                        "host",
                                                        "127.0.0.1",
                                                        "port",
                                                        1)))
                        .status());
        button(office, "Print a duplicate").click();
        sees(office, "It is being printed");
        goTo("Overview");
        sees(office, "Printer Front");
        isOpenToAll();
    }

    @Test
    @Order(5)
    void a_void_at_the_office_takes_the_cash_out_of_the_drawer_of_the_till() {
        goTo("Journal");
        link(office, "till-1-0001").click();
        button(office, "^Void$").click();
        answer(office, "Wrong tender 2").click();
        sees(office, "out of the drawer of till-1");
        office.getByLabel("PIN").fill("1001");
        answer(office, "Allow").click();
        sees(office, "^voided$");
        sees(office, "till-1-0003");
    }

    @Test
    @Order(6)
    void a_shift_is_counted_and_closed_and_what_is_short_is_in_plain_sight() {
        goTo("Cash office");
        isOpenToAll();
        link(office, "Open the shift of till-1").click();
        button(office, "^Pay out$").click();
        office.keyboard().type("500");
        office.keyboard().press("Enter");
        office.getByLabel("Why?").fill("Milk for the kitchen");
        office.keyboard().press("Enter");
        row(office, "Paid out.*Milk for the kitchen.*€5.00").waitFor();
        button(office, "^Count the drawer$").click();
        office.getByLabel("€50.00").fill("1");
        isOpenToAll();
        answer(office, "That is all").click();
        sees(office, "short");
        isOpenToAll();
        button(office, "^Close the shift$").click();
        answer(office, "Close the shift").click();
        sees(office, "Z 1 of till-1");
        isOpenToAll();
    }

    @Test
    @Order(7)
    void the_z_is_what_the_report_says() {
        String received = row(office, "^Cash").first().getByRole(AriaRole.CELL).nth(1).innerText();
        String refunded = row(office, "^Cash").first().getByRole(AriaRole.CELL).nth(2).innerText();
        goTo("Reports");
        button(office, "^Tender$").click();
        row(office, "^Cash").waitFor();
        isOpenToAll();
        long report =
                cents(row(office, "^Cash").first().getByRole(AriaRole.CELL).last().innerText());
        assertEquals(cents(received) - cents(refunded), report);
        sees(office, "1 receipt");
    }

    private static long cents(String shown) {
        return Long.parseLong(shown.replaceAll("[^\\d-]", ""));
    }

    @Test
    @Order(8)
    void what_was_out_of_the_ordinary_is_listed_with_who_did_it() {
        goTo("Exceptions");
        row(office, "Void after the sale.*Wrong tender").waitFor();
        row(office, "Paid out.*Milk for the kitchen").waitFor();
        row(office, "Over or short.*Z 1").waitFor();
        isOpenToAll();
        office.getByLabel("What").selectOption("VOID");
        row(office, "Paid out").waitFor(hidden());
    }

    @Test
    @Order(9)
    void the_day_is_closed_once_no_shift_is_open() {
        goTo("Overview");
        button(office, "^Close the day$").click();
        answer(office, "Close the day").click();
        sees(office, "Not open");
    }

    @Test
    @Order(10)
    void every_page_is_open_to_all_on_a_phone_and_in_the_dark() {
        office.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        office.setViewportSize(360, 740);
        for (String name :
                List.of("Overview", "Cash office", "Journal", "Exceptions", "Reports", "Devices")) {
            button(office, "^Pages$").click();
            goTo(name);
            isOpenToAll();
            assertEquals(
                    360,
                    office.evaluate("document.documentElement.scrollWidth"),
                    name + " is wider than the screen");
        }
    }

    @Test
    @Order(11)
    void a_cashier_sees_what_is_for_cashiers() {
        office.setViewportSize(1024, 768);
        button(office, "^Sign off$").click();
        // Who is no manager is signed on at one device at a time.
        button(till, "^Sign off$").first().click();
        button(till, "1003").waitFor();
        button(office, "1003").click();
        office.keyboard().type("3001");
        office.keyboard().press("Enter");
        link(office, "^Overview$").waitFor();
        assertEquals(0, link(office, "^Devices$").count());
        assertEquals(0, link(office, "^Exceptions$").count());
        isOpenToAll();
    }
}
