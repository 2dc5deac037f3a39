package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/// Headquarters' console in a real browser, above a store that sells. What one test has done, the next ones find.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {

    private static final Duration HASHED = Duration.ofMinutes(4);

    private static final String PASSWORD = "correct horse battery";

    @TempDir private Path files;
    private Chromium chromium;
    private Shop shop;
    private Page till;
    private Page hq;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        shop = new Shop(folder, "shop.pair-on-loopback=any");
        hq = chromium.page(chromium.machine(), shop.hqUrl("/hq"));
        hq.setViewportSize(1280, 800);
        till = chromium.page(chromium.machine(), shop.url("/till"));
        button(till, "manager").first().click();
        till.keyboard().type("1001");
        button(till, "Sign on").click();
        button(till, "Start selling").click();
        sees(till, "Scan the first article");
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

    private static void sees(Page page, String text) {
        page.getByText(Pattern.compile(text)).first().waitFor();
    }

    private static void heading(Page page, String name) {
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .waitFor();
    }

    /// A password's hash is slow on purpose, and slower still on a machine that is busy.
    private static void seesInTime(Locator what) {
        what.first().waitFor(new Locator.WaitForOptions().setTimeout((double) HASHED.toMillis()));
    }

    private void opens(String name) {
        link(hq, "^" + name + "$").first().click();
        heading(hq, name);
    }

    private static void isOpenToAll(Page page) {
        assertEquals(List.of(), Chromium.barriers(page));
    }

    /// Sells the first article that stands on the till.
    private void sells() {
        button(till, "€\\d").first().click();
        sees(till, "1 article");
        button(till, "^Cash").click();
        button(till, "Exact cash").first().click();
        button(till, "Next customer").click();
    }

    private void chooses(Locator chooser, String name, String content) throws IOException {
        Path file = Files.writeString(files.resolve(name), content);
        FileChooser chosen = hq.waitForFileChooser(chooser::click);
        chosen.setFiles(file);
    }

    @Test
    @Order(1)
    void whoever_has_the_admin_token_lets_himself_in_and_sees_the_chain() {
        heading(hq, "Sign on");
        isOpenToAll(hq);
        button(hq, "The first time here").click();
        hq.getByLabel("Admin token").fill(shop.adminToken());
        hq.getByLabel("Your name").fill("Ann Accountant");
        hq.getByLabel("Short name").fill("ann");
        hq.getByLabel("New password").fill(PASSWORD);
        isOpenToAll(hq);
        button(hq, "Let me in").click();
        seesInTime(hq.getByRole(AriaRole.HEADING).getByText("Overview"));
        sees(hq, "Nothing needs anybody");
        isOpenToAll(hq);
    }

    @Test
    @Order(2)
    void a_store_is_found_and_shown_with_what_headquarters_has_of_it() {
        opens("Stores");
        hq.getByLabel("Find").fill("harbour");
        link(hq, "0001 Harbour Market").click();
        sees(hq, "store-0001/payments");
        sees(hq, "Connected");
        isOpenToAll(hq);
        link(hq, "All stores").click();
        hq.getByLabel("Find").fill("nowhere");
        sees(hq, "No store matches that");
    }

    @Test
    @Order(3)
    void a_sale_at_a_till_stands_at_headquarters_without_anybody_asking_for_it() {
        opens("Sales");
        sees(hq, "Nothing sold");
        sells();
        sees(hq, "1 receipt");
        isOpenToAll(hq);
        sells();
        sees(hq, "2 receipts");
        link(hq, "^Sums$").click();
        hq.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^By")))
                .selectOption("tender");
        sees(hq, "CASH");
        isOpenToAll(hq);
    }

    @Test
    @Order(4)
    void stock_is_shown_over_all_stores_and_in_each() {
        opens("Stock");
        hq.getByLabel("Show").selectOption("negative");
        Locator article = hq.getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first();
        article.waitFor();
        isOpenToAll(hq);
        article.click();
        sees(hq, "Store last heard");
        isOpenToAll(hq);
        link(hq, "^Transfers$").click();
        sees(hq, "No transfer");
    }

    @Test
    @Order(5)
    void a_processors_file_is_taken_and_what_no_till_knows_is_found_and_settled()
            throws IOException {
        opens("Reconciliation");
        sees(hq, "Nothing differs");
        link(hq, "^Files$").click();
        isOpenToAll(hq);
        String head = "store,reference,batch,date,amount,currency,fee\n";
        chooses(
                button(hq, "Choose a file… Processor"),
                "wrong.csv",
                head + "0001,t1,B-1,2024-03-01,\"12,99\",EUR,\n");
        sees(hq, "line 2: amount is an amount as 12.34");
        chooses(
                button(hq, "Choose a file… Processor"),
                "right.csv",
                head + "0001,t1,B-1,2024-03-01,12.99,EUR,0.20\n");
        sees(hq, "1 new lines taken");
        link(hq, "^Batches$").click();
        sees(hq, "€12.79");
        isOpenToAll(hq);
        link(hq, "^Open$").click();
        link(hq, "Settled, known to no till").click();
        button(hq, "What was done").waitFor();
        isOpenToAll(hq);
        button(hq, "What was done").click();
        hq.getByLabel("For the record").fill("asked the processor");
        isOpenToAll(hq);
        button(hq, "^Enter$").click();
        sees(hq, "Nothing differs");
        hq.getByLabel("Show").selectOption("done");
        sees(hq, "ann: asked the processor");
    }

    @Test
    @Order(6)
    void an_article_is_changed_and_articles_are_brought_from_a_file() throws IOException {
        opens("Articles");
        hq.getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first().waitFor();
        isOpenToAll(hq);
        hq.getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first().click();
        button(hq, "Change…").click();
        hq.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Boskoop of old");
        isOpenToAll(hq);
        button(hq, "Propose").click();
        hq.getByText("Published.").first().waitFor();
        sees(hq, "Change of Boskoop of old");
        link(hq, "^Import$").click();
        chooses(button(hq, "Choose a file"), "articles.csv", "sku,colour\n1,red\n");
        sees(hq, "there is no column colour");
        isOpenToAll(hq);
    }

    @Test
    @Order(7)
    void a_promotion_is_checked_and_tried_on_past_sales() {
        opens("Prices");
        link(hq, "New promotion").click();
        button(hq, "^Check$").waitFor();
        isOpenToAll(hq);
        button(hq, "^Check$").click();
        hq.getByText(Pattern.compile("No fault|What becomes of both")).first().waitFor();
        button(hq, "^Try$").click();
        sees(hq, "Would have cost");
        isOpenToAll(hq);
    }

    @Test
    @Order(8)
    void somebody_else_is_let_in_and_sees_only_what_he_may() {
        opens("People");
        button(hq, "Let somebody in").click();
        hq.getByLabel("Short name").fill("sam");
        hq.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Sam Support");
        hq.getByLabel("Support", new Page.GetByLabelOptions().setExact(true)).check();
        hq.getByLabel("New password").fill(PASSWORD);
        isOpenToAll(hq);
        button(hq, "^Save$").click();
        seesInTime(hq.getByText("Sam Support"));
        isOpenToAll(hq);
        button(hq, "Sign off").click();
        hq.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("sam");
        hq.getByLabel("Password").fill("not the password");
        button(hq, "^Sign on$").click();
        seesInTime(hq.getByText("There is nobody of that name"));
        hq.getByLabel("Password").fill(PASSWORD);
        button(hq, "^Sign on$").click();
        seesInTime(link(hq, "^Stores$"));
        assertEquals(0, link(hq, "^People$").count());
        assertEquals(0, link(hq, "^Reconciliation$").count());
    }

    @Test
    @Order(9)
    void it_fits_a_telephone_and_the_dark() {
        hq.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        hq.setViewportSize(360, 740);
        for (String page : List.of("Stores", "Stock", "Overview")) {
            button(hq, "^Pages$").click();
            opens(page);
            hq.getByRole(AriaRole.STATUS)
                    .getByText("One moment")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
            isOpenToAll(hq);
            assertTrue(
                    (boolean) hq.evaluate("document.documentElement.scrollWidth <= innerWidth"),
                    page + " is wider than the telephone");
        }
    }
}
