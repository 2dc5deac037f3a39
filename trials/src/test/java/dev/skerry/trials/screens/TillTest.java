package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
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

/// A day at the till, in a real browser on a real store. It begins with somebody who has read nothing.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TillTest {

    private static final String CHOCOLATE = "09522554000042";
    private static final String PUREE = "09522813000127";

    private Chromium chromium;
    private Shop shop;
    private BrowserContext first;
    private Page till;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        shop = new Shop(folder);
        first = chromium.machine();
        till = chromium.page(first, shop.url("/till"));
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

    private static void sees(Page page, String text) {
        page.getByText(Pattern.compile(text)).first().waitFor();
    }

    /// As a scanner: a key a millisecond, and Enter.
    private static void scan(Page page, String code) {
        page.keyboard().type(code);
        page.keyboard().press("Enter");
    }

    private static void key(Page page, String key) {
        page.keyboard().press(key);
    }

    private void isOpenToAll(Page page) {
        assertEquals(List.of(), Chromium.barriers(page));
    }

    @Test
    @Order(0)
    void a_barrier_would_be_found() {
        Page page = chromium.page(chromium.machine(), "about:blank");
        page.setContent("<html lang=en><title>t</title><main><button></button></main>");
        assertEquals(1, Chromium.barriers(page).size());
        page.close();
    }

    @Test
    @Order(1)
    void a_newcomer_sells_without_having_read_anything() {
        Locator manager = button(till, "manager");
        manager.first().waitFor();
        isOpenToAll(till);
        sees(till, "the PIN is the number backwards");
        manager.first().click();
        till.keyboard().type("1001");
        button(till, "Sign on").click();
        Locator open = button(till, "Start selling");
        open.waitFor();
        isOpenToAll(till);
        open.click();
        Locator tile = button(till, "€\\d").first();
        tile.waitFor();
        isOpenToAll(till);
        tile.click();
        sees(till, "1 article");
        isOpenToAll(till);
        button(till, "^Cash").click();
        button(till, "Exact cash").first().waitFor();
        isOpenToAll(till);
        button(till, "Exact cash").first().click();
        sees(till, "Receipt till-1-0001");
        isOpenToAll(till);
        button(till, "Next customer").click();
    }

    @Test
    @Order(2)
    void five_articles_are_sold_for_cash_by_keyboard_alone() {
        for (String code : List.of(CHOCOLATE, PUREE, CHOCOLATE, "3*" + PUREE, "102662")) {
            scan(till, code);
        }
        sees(till, "5 articles");
        key(till, "F9");
        button(till, "Exact cash").first().waitFor();
        till.keyboard().type("5000");
        key(till, "Enter");
        sees(till, "Change");
        sees(till, "€50.00 for €");
        sees(till, "Receipt till-1-0002");
        // The next scan is the next customer.
        scan(till, CHOCOLATE);
        sees(till, "1 article");
        key(till, "F12");
        sees(till, "Receipt till-1-0003");
        key(till, "Escape");
    }

    @Test
    @Order(3)
    void of_200_scans_in_a_row_none_is_lost_and_none_counts_twice() {
        for (int i = 0; i < 200; i++) {
            scan(till, i % 2 == 0 ? CHOCOLATE : PUREE);
        }
        sees(till, "200 articles");
        assertEquals(0, till.getByText("does not know").count());
        key(till, "F3");
        till.getByLabel("Name or place").fill("Two hundred");
        key(till, "Enter");
        sees(till, "Scan the first article");
    }

    @Test
    @Order(4)
    void a_manager_lets_a_second_till_in_which_recalls_what_the_first_has_put_aside() {
        Page other = chromium.page(chromium.machine(), shop.url("/till"));
        sees(other, "Let this screen into the store");
        isOpenToAll(other);
        String code =
                other.getByText(Pattern.compile("^\\d{3} \\d{3}$")).innerText().replace(" ", "");
        button(till, "^Menu$").click();
        button(till, "Let a screen in").waitFor();
        isOpenToAll(till);
        button(till, "Let a screen in").click();
        till.getByLabel("Code on the screen").fill(code);
        till.getByLabel("What it is called").fill("till-2");
        key(till, "Enter");
        button(other, "1003").click();
        other.keyboard().type("3001");
        key(other, "Enter");
        button(other, "Start selling").click();
        button(other, "^Recall").click();
        button(other, "Two hundred").waitFor();
        isOpenToAll(other);
        button(other, "Two hundred").click();
        sees(other, "200 articles");
        button(other, "^Card").click();
        sees(other, "Receipt till-2-0001");
        other.close();
    }

    @Test
    @Order(5)
    void a_power_cut_in_the_middle_of_a_basket_loses_nothing_and_the_page_goes_on_by_itself()
            throws InterruptedException {
        scan(till, CHOCOLATE);
        sees(till, "1 article");
        shop.kill();
        scan(till, PUREE);
        scan(till, CHOCOLATE);
        sees(till, "The store server does not answer");
        isOpenToAll(till);
        shop.startAgain();
        sees(till, "3 articles");
        till.getByText("The store server does not answer")
                .first()
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        // What it had, it has after it was loaded anew as well.
        till.reload();
        sees(till, "3 articles");
        key(till, "F12");
        sees(till, "Receipt till-1-0004");
        key(till, "Escape");
    }

    @Test
    @Order(6)
    void the_customer_sees_the_basket_of_the_till_as_it_grows() {
        Page display = chromium.page(first, shop.url("/display"));
        sees(display, "Welcome");
        isOpenToAll(display);
        scan(till, CHOCOLATE);
        sees(display, "Schokohof");
        isOpenToAll(display);
        String total = display.getByRole(AriaRole.STATUS).first().innerText();
        assertTrue(total.startsWith("€"), total);
        till.bringToFront();
        key(till, "F12");
        sees(display, "Thank you");
        isOpenToAll(display);
        display.close();
        key(till, "Escape");
    }

    @Test
    @Order(7)
    void a_discount_beyond_the_limit_needs_a_manager_and_the_line_comes_back_by_its_receipt() {
        scan(till, PUREE);
        sees(till, "1 article");
        key(till, "F5");
        button(till, "Another percentage").click();
        till.getByPlaceholder("%").fill("50");
        isOpenToAll(till);
        key(till, "Enter");
        button(till, "Goodwill").click();
        sees(till, "This has to be allowed");
        isOpenToAll(till);
        till.keyboard().type("1001");
        key(till, "Enter");
        sees(till, "1 discount");
        key(till, "F12");
        sees(till, "Receipt till-1-0006");
        button(till, "Show receipt").click();
        sees(till, "TOTAL EUR");
        isOpenToAll(till);
        String receipt =
                Pattern.compile("0001-till-1-\\d{8}-0006")
                        .matcher(till.getByText("TOTAL EUR").innerText())
                        .results()
                        .map(it -> it.group())
                        .findFirst()
                        .orElseThrow();
        key(till, "Escape");
        key(till, "Escape");
        key(till, "F8");
        till.getByLabel("Scan the receipt").fill(receipt);
        key(till, "Enter");
        button(till, "More of").click();
        isOpenToAll(till);
        button(till, "Take back").click();
        sees(till, "Comes back");
        button(till, "^Cash").click();
        button(till, "Give back as it was paid").click();
        sees(till, "Given back");
        key(till, "Escape");
    }

    @Test
    @Order(8)
    void the_drawer_is_counted_and_its_z_says_what_was_over_or_short() {
        button(till, "^Menu$").click();
        button(till, "X report").click();
        sees(till, "In the drawer");
        isOpenToAll(till);
        key(till, "Escape");
        button(till, "^Menu$").click();
        button(till, "Count and close").click();
        till.getByLabel("€100.00").fill("1");
        isOpenToAll(till);
        button(till, "That is all").click();
        sees(till, "Counted €100.00");
        button(till, "Count and close").click();
        sees(till, "Z report 1");
        sees(till, "Difference");
        isOpenToAll(till);
        button(till, "OK").click();
        sees(till, "Open this till");
    }
}
