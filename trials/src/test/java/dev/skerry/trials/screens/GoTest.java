package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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

/// Shoppers scan with their own telephones, whose camera sees a chocolate.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoTest {

    private static final String CHOCOLATE = "9522554000042";
    private static final String PUREE = "9522813000127";

    private Chromium chromium;
    private Shop shop;
    private Page till;
    private Page phone;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.seeing(Film.of(CHOCOLATE, folder.resolve("chocolate.y4m")));
        shop = new Shop(folder, "shop.go=true", "shop.go-terminal=exit-1", "shop.go-check=100");
        till = chromium.page(chromium.machine(), shop.url("/till"));
        button(till, "manager").first().click();
        till.keyboard().type("1001");
        button(till, "Sign on").click();
        button(till, "Start selling").click();
        // HQ's articles have arrived.
        button(till, "€\\d").first().waitFor();
        phone = chromium.page(chromium.machine(), shop.url("/go"));
        phone.setViewportSize(360, 740);
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

    private static void isOpenToAll(Page page) {
        assertEquals(List.of(), Chromium.barriers(page));
    }

    private static void scan(Page page, String code) {
        page.keyboard().type(code);
        page.keyboard().press("Enter");
    }

    /// What the phone shows as a QR code.
    private String shown(String what) {
        return String.valueOf(
                phone.evaluate(
                        "async what => { const trip = await (await fetch('/api/go')).json(); return what === 'till' ? trip.till.text : trip.exit.qr.text; }",
                        what));
    }

    @Test
    @Order(1)
    void a_shopper_begins_without_anybodys_help_and_scans_with_the_camera() {
        button(phone, "Start shopping").waitFor();
        isOpenToAll(phone);
        button(phone, "Start shopping").click();
        sees(phone, "Your basket is empty");
        isOpenToAll(phone);
        button(phone, "Scan with the camera").click();
        sees(phone, "Hold the barcode into the frame");
        button(phone, "Take .* out").first().waitFor();
        isOpenToAll(phone);
        button(phone, "Close the camera").click();
    }

    @Test
    @Order(2)
    void what_no_camera_reads_is_typed_or_found_by_its_name() {
        phone.getByLabel("Number or name").fill(PUREE);
        phone.keyboard().press("Enter");
        button(phone, "More .*").nth(1).waitFor();
        phone.getByLabel("Number or name").fill("choc");
        phone.keyboard().press("Enter");
        button(phone, "^Add .*Chocolate").first().waitFor();
        isOpenToAll(phone);
        phone.reload();
        button(phone, "More .*").nth(1).waitFor();
    }

    @Test
    @Order(3)
    void a_power_cut_loses_no_scan() throws InterruptedException {
        int before = button(phone, "Take .* out").count();
        shop.kill();
        phone.getByLabel("Number or name").fill(PUREE);
        phone.keyboard().press("Enter");
        sees(phone, "being added");
        sees(phone, "No connection to the store");
        isOpenToAll(phone);
        phone.getByText("being added").waitFor();
        shop.startAgain();
        button(phone, "Take .* out").nth(before).waitFor();
        assertEquals(before + 1, button(phone, "Take .* out").count());
    }

    @Test
    @Order(4)
    void it_is_paid_at_a_till_and_leaves_once() {
        button(phone, "Pay at a till").click();
        sees(phone, "Show this at any till");
        phone.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Code of your basket, for the till"))
                .waitFor();
        isOpenToAll(phone);
        String code = shown("till");
        assertTrue(code.matches("GO-\\d{12}"), code);
        sees(till, "Scan the first article");
        scan(till, code);
        sees(till, "Look into the bag");
        isOpenToAll(till);
        button(till, "OK").click();
        sees(till, "3 articles");
        sees(phone, "till-1 has your basket");
        isOpenToAll(phone);
        till.keyboard().press("F12");
        sees(till, "Receipt till-1-0001");
        sees(phone, "Show this at the exit");
        isOpenToAll(phone);
        String exit = shown("exit");
        scan(till, exit);
        sees(till, "Paid: 3 articles");
        sees(phone, "Goodbye");
        isOpenToAll(phone);
        scan(till, exit);
        sees(till, "let it out at till-1");
    }

    @Test
    @Order(5)
    void it_is_paid_at_the_terminal_and_looked_at_before_it_leaves() {
        button(phone, "Start again").click();
        phone.getByLabel("Number or name").fill(PUREE);
        phone.keyboard().press("Enter");
        button(phone, "More .*").first().click();
        phone.getByText("2", new Page.GetByTextOptions().setExact(true)).first().waitFor();
        button(phone, "Pay by card at the exit").click();
        sees(phone, "Show this at the exit");
        till.keyboard().press("Escape");
        button(till, "^Menu$").click();
        button(till, "Exit code of a phone").click();
        till.getByLabel("The eight digits").fill(shown("exit").substring(3));
        till.keyboard().press("Enter");
        sees(till, "Look into the bag");
        button(till, "Checked: it fits").click();
        sees(phone, "Goodbye");
    }
}
