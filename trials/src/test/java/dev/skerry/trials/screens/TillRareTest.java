package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/// What is done at a till now and then, in a real browser on a real store.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TillRareTest {

    private static final String CHOCOLATE = "09522554000042";
    private static final String PUREE = "09522813000127";

    private Chromium chromium;
    private Shop shop;
    private Page till;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        shop = new Shop(folder);
        till = chromium.page(chromium.machine(), shop.url("/till"));
        button("manager").first().click();
        till.keyboard().type("1001");
        button("Sign on").click();
        button("Start selling").click();
        // HQ's articles have arrived.
        button("€\\d").first().waitFor();
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

    private Locator button(String name) {
        return till.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private void sees(String text) {
        till.getByText(Pattern.compile(text)).first().waitFor();
    }

    private void scan(String code) {
        till.keyboard().type(code);
        till.keyboard().press("Enter");
    }

    private void key(String key) {
        till.keyboard().press(key);
    }

    private void menu(String what) {
        button("^Menu$").click();
        button(what).click();
    }

    private void isOpenToAll() {
        assertEquals(List.of(), Chromium.barriers(till));
    }

    @Test
    @Order(1)
    void who_learns_sells_and_nothing_counts() {
        menu("^Training$");
        sees("Training: nothing counts");
        scan(CHOCOLATE);
        sees("1 article");
        isOpenToAll();
        key("F12");
        sees("Receipt till-1-0000");
        key("Escape");
        menu("End training");
        menu("X report");
        sees("In the drawer");
        assertEquals(0, till.getByText(Pattern.compile("^Cash \\(")).count());
        key("Escape");
    }

    @Test
    @Order(2)
    void a_discount_on_one_line_is_taken_away_again() {
        scan(PUREE);
        sees("1 article");
        button("Kleiner Bär").first().click();
        key("F5");
        button("^5 %").click();
        button("Goodwill").click();
        sees("1 discount");
        key("F5");
        button("No discount").click();
        till.getByText("1 discount")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    @Order(3)
    void a_scan_while_something_is_asked_comes_after_the_answer() {
        key("F5");
        button("Another percentage").waitFor();
        scan(PUREE);
        button("^5 %").waitFor();
        key("Escape");
        sees("2 articles");
    }

    @Test
    @Order(4)
    void what_may_be_chosen_with_a_dish_is_offered_though_nothing_has_to_be() {
        button("^Café$").click();
        sees("Breakfast");
        till.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Drinks").setExact(true))
                .last()
                .click();
        button("Double espresso").click();
        sees("up to 3");
        isOpenToAll();
        button("Extra shot").click();
        till.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add").setExact(true))
                .click();
        till.getByLabel("Basket").getByText("Extra shot").waitFor();
        key("F12");
        sees("Receipt till-1-0001");
    }
}
