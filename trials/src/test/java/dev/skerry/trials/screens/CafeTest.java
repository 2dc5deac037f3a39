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

/// The café of a store: kiosk, kitchen and menu board in a real browser, each a machine of its own. What is ordered is served all day.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CafeTest {

    private static final String TOASTIE = "Ham and cheddar toastie";

    private Chromium chromium;
    private Shop shop;
    private Page till;
    private Page kiosk;
    private Page kitchen;
    private Page board;

    @BeforeAll
    void start(@TempDir Path folder) throws InterruptedException {
        chromium = Chromium.open();
        shop = new Shop(folder, "shop.pair-on-loopback=any");
        till = chromium.page(chromium.machine(), shop.url("/till"));
        button(till, "manager").first().click();
        till.keyboard().type("1001");
        button(till, "Sign on").click();
        button(till, "Start selling").click();
        sees(till, "Scan the first article");
        kiosk = chromium.page(chromium.machine(), shop.url("/kiosk"));
        kitchen = chromium.page(chromium.machine(), shop.url("/kitchen"));
        board = chromium.page(chromium.machine(), shop.url("/board"));
        // All on one page: else one of them may be fading out while it is looked at.
        board.setViewportSize(1920, 1080);
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

    private static void goes(Locator what) {
        what.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    private static void isOpenToAll(Page page) {
        assertEquals(List.of(), Chromium.barriers(page));
    }

    private static Locator ticket(Page page, String number) {
        return page.getByLabel("Ticket " + number + " of grill");
    }

    /// As staff does it elsewhere in the store.
    private void canBeHad(String sku, boolean available) {
        till.evaluate(
                """
                async ([sku, available]) => {
                  const answer = await fetch(`/api/availability/${sku}`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ available }) });
                  if (!answer.ok) { throw new Error(await answer.text()); }
                }
                """,
                List.of(sku, available));
    }

    /// As the cashier does it to whom a guest says his number.
    private void paidAtCounter(String number) {
        till.evaluate(
                """
                async number => {
                  const ask = async (method, path, body) => {
                    const answer = await fetch(path, { method, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: body && JSON.stringify(body) });
                    if (!answer.ok) { throw new Error(await answer.text()); }
                    return answer.json();
                  };
                  const { baskets } = await ask('GET', '/api/baskets');
                  const path = `/api/baskets/${baskets.find(it => it.number === number).id}`;
                  await ask('POST', `${path}/recall`, {});
                  await ask('POST', `${path}/pay`, { tenders: [{ id: crypto.randomUUID(), kind: 'CARD' }] });
                }
                """,
                number);
    }

    /// What the guest with a number is told.
    private Object pickup(String number) {
        return till.evaluate(
                """
                async number => (await (await fetch('/api/pickup')).json()).orders.filter(it => it.number === number).map(it => it.state).join()
                """,
                number);
    }

    private void choosesToastie() {
        button(kiosk, "Sandwiches").click();
        button(kiosk, TOASTIE).click();
        button(kiosk, "Add to order").click();
        sees(kiosk, "1 item");
    }

    private String number() {
        sees(kiosk, "Your order number");
        return kiosk.getByRole(AriaRole.STATUS).first().innerText();
    }

    @Test
    @Order(1)
    void what_a_guest_orders_at_the_kiosk_is_made_bumped_and_handed_over() {
        button(kiosk, "Touch to order").waitFor();
        isOpenToAll(kiosk);
        button(kiosk, "Touch to order").click();
        button(kiosk, "Sandwiches").click();
        isOpenToAll(kiosk);
        button(kiosk, TOASTIE).click();
        sees(kiosk, "Contains allergens");
        isOpenToAll(kiosk);
        button(kiosk, "Add to order").click();
        sees(kiosk, "1 item");
        button(kiosk, "View order").click();
        isOpenToAll(kiosk);
        button(kiosk, "Pay by card").click();
        String number = number();
        isOpenToAll(kiosk);
        ticket(kitchen, number).waitFor();
        isOpenToAll(kitchen);
        assertEquals("PREPARING", pickup(number));
        // By the bump bar.
        kitchen.keyboard().press("1");
        goes(ticket(kitchen, number));
        button(kitchen, "Pass").click();
        button(kitchen, "Hand over").waitFor();
        isOpenToAll(kitchen);
        assertEquals("READY", pickup(number));
        Page numbers = chromium.page(chromium.machine(), shop.url("/board?show=pickup"));
        sees(numbers, "Ready: please collect");
        Locator shown = numbers.getByText(Pattern.compile("^" + number + "$"));
        shown.waitFor();
        isOpenToAll(numbers);
        button(kitchen, "Hand over").click();
        goes(shown);
        numbers.close();
        sees(kitchen, number + " handed over");
        button(kitchen, "All stations").click();
        button(kiosk, "Done").click();
    }

    @Test
    @Order(2)
    void what_was_bumped_comes_back_with_a_key() {
        kitchen.keyboard().press("r");
        button(kitchen, "^Bump \\d").first().waitFor();
        button(kitchen, "^Bump \\d").first().click();
        sees(kitchen, "Nothing to make");
        isOpenToAll(kitchen);
    }

    @Test
    @Order(3)
    void what_runs_out_is_said_on_the_board_and_gone_from_the_kiosk_while_one_looks_at_it() {
        sees(board, TOASTIE);
        isOpenToAll(board);
        button(kiosk, "Touch to order").click();
        button(kiosk, "Sandwiches").click();
        button(kiosk, TOASTIE).click();
        button(kiosk, "Add to order").waitFor();
        canBeHad("C-i-bread", false);
        sees(board, "Sold out");
        sees(kiosk, "has just sold out");
        goes(button(kiosk, "Add to order"));
        goes(button(kiosk, TOASTIE));
        isOpenToAll(board);
        canBeHad("C-i-bread", true);
        goes(board.getByText("Sold out"));
        button(kiosk, TOASTIE).waitFor();
    }

    @Test
    @Order(4)
    void a_power_cut_changes_nothing_that_guests_see_and_what_was_pressed_meanwhile_is_done()
            throws InterruptedException {
        choosesToastie();
        button(kiosk, "View order").click();
        shop.kill();
        sees(kitchen, "The store server does not answer");
        isOpenToAll(kitchen);
        sees(board, TOASTIE);
        button(kiosk, "Pay at the counter").click();
        sees(kiosk, "this takes a little longer");
        shop.startAgain();
        String number = number();
        sees(kiosk, "pay €\\d+\\.\\d\\d there");
        assertEquals(0, ticket(kitchen, number).count());
        paidAtCounter(number);
        ticket(kitchen, number).waitFor();
        goes(kitchen.getByText("The store server does not answer"));
        sees(board, TOASTIE);
        button(kiosk, "Done").click();
    }
}
