package dev.skerry.app.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.skerry.app.headquarters.TestHeadquarters;
import dev.skerry.app.shop.TestShop.Answer;
import dev.skerry.context.Caller.Role;
import dev.skerry.context.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what: `docs/roles.md` says what the operations say, and the operations are held to it.
class RolesPageTest {

    private static final String MILK = "4006381333931";

    private static final Path PAGE = Path.of("..", "docs", "roles.md");

    private static final String HEAD =
            """
            # Who may do what

            Who may ask a node what is said by roles; those of stores and those of headquarters have nothing in common.

            Each request to a store's API comes from a device that was paired, or from a person at one; the roles of both together say what
            may be done. `supervisor` at headquarters is cashier and stock, `manager` is all of the store; a kiosk is a guest, a kitchen's screen
            a cook, another vendor's system an integration, a customer's display a display. A till without anybody signed on and a menu board
            have no role: they may do what every device may.

            Some operations look at more than the role. Customers are found by name by cashiers and managers, by others with the card alone.
            Prices and discounts of a line are given by cashiers and managers. A guest sees, changes and pays only baskets that its own
            device holds, and pays by card alone. Another system gives up only baskets of its own. What goes beyond a cashier's limits needs
            a second person's PIN.

            A shopper's phone is no device of the store. What it is given at the beginning of a trip (a cookie, for four hours) opens what is
            for shoppers, below `/api/go`, and that is the one basket of this trip.

            This page is made from the code: `./dev docs`.

            ## At a store

            | what | who | does |
            |---|---|---|
            """;

    @TempDir private Path folder;
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static final String HQ_HEAD =
            """

            ## At headquarters

            People sign on by name and password, programs have a token; both have roles. An admin may do everything. Who has the admin token,
            which HQ shows when it is started first, is an admin.

            | what | who | does |
            |---|---|---|
            """;

    private static List<Operation> ofHq(Path folder) {
        try (TestHeadquarters hq = new TestHeadquarters(folder)) {
            return sorted(hq.operations());
        }
    }

    private static List<Operation> sorted(List<Operation> operations) {
        return operations.stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .toList();
    }

    private List<Operation> operations() {
        return sorted(
                shop.store()
                        .operations(
                                _ -> {
                                    throw new AssertionError("nobody asks");
                                },
                                (person, _) -> person,
                                shop.people()));
    }

    private static String who(Operation operation, String all) {
        if (operation.open()) {
            return "anybody";
        }
        return operation.roles().isEmpty()
                ? all
                : String.join(
                        ", ",
                        operation.roles().stream()
                                .sorted()
                                .map(it -> it.name().toLowerCase(java.util.Locale.ROOT))
                                .toList());
    }

    @Test
    void the_page_of_roles_says_what_the_code_says(@TempDir Path hq) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        operations().forEach(it -> page.append(row(it, "every device")));
        page.append(HQ_HEAD);
        ofHq(hq).forEach(it -> page.append(row(it, "everybody who is let in")));
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        if (!Files.exists(PAGE) || !Files.readString(PAGE).contentEquals(page)) {
            fail("docs/roles.md is stale. Write it anew: ./dev docs");
        }
    }

    private static String row(Operation it, String all) {
        return "| `%s %s` | %s | %s |\n"
                .formatted(it.method(), it.path(), who(it, all), it.summary().replace("|", "\\|"));
    }

    /// What changes something at HQ, and is for everybody there: about who asks.
    @Test
    void at_hq_nobody_without_a_role_changes_anything_but_himself(@TempDir Path hq) {
        assertEquals(
                List.of("/api/me/password", "/api/sign-off"),
                ofHq(hq).stream()
                        .filter(it -> !it.open() && it.roles().isEmpty())
                        .filter(it -> !it.method().equals("GET"))
                        .map(Operation::path)
                        .toList());
    }

    @Test
    void whoever_has_none_of_the_roles_is_refused_whatever_is_asked() {
        shop.roles.set(Set.of());
        operations().stream()
                .filter(it -> !it.open() && !it.roles().isEmpty())
                .forEach(it ->
                        assertEquals(
                                403,
                                shop.ask(it.method(), it.path().replaceAll("\\{[^}]+}", "x"), "{}")
                                        .status(),
                                it::path));
    }

    /// What changes something, and is for every device: about the device itself.
    @Test
    void a_device_without_a_role_changes_nothing_but_itself() {
        assertEquals(
                List.of("/api/lock", "/api/sign-off", "/api/sign-on", "/api/unlock"),
                operations().stream()
                        .filter(it -> !it.open() && it.roles().isEmpty())
                        .filter(it -> !it.method().equals("GET"))
                        .map(Operation::path)
                        .toList());
    }

    @Test
    void a_guest_orders_and_sees_nobody_else() {
        shop.roles.set(Set.of(Role.GUEST));
        assertEquals(200, shop.ask("PUT", "/api/baskets/k1", "{}", "kiosk-1").status());
        assertEquals(403, shop.ask("GET", "/api/customers?name=anna", "").status());
        assertEquals(200, shop.ask("GET", "/api/customers?card=4711", "").status());
        assertEquals(403, shop.ask("GET", "/api/baskets", "").status());
        assertEquals(403, shop.ask("GET", "/api/orders?day=2026-03-02", "").status());
        Answer cheaper =
                shop.ask(
                        "PATCH",
                        "/api/baskets/k1/lines/1",
                        "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"reason\":\"mine\"}",
                        "kiosk-1",
                        "cheaper");
        assertEquals(403, cheaper.status());
        assertTrue(cheaper.text("/detail").contains("cashiers and managers"), cheaper::toString);
        // Held by kiosk-1, asked for by till-1.
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertEquals(404, shop.change(method, "/api/baskets/k1", "{}").status());
        }
        assertEquals(200, shop.ask("GET", "/api/baskets/k1", "", "kiosk-1").status());
    }

    @Test
    void a_guest_pays_by_card_and_never_for_what_another_device_holds() {
        shop.tax();
        shop.article("milk", "Whole milk 1 l", MILK, "Dairy", 119);
        shop.await(MILK);
        assertEquals(
                200,
                shop.change("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}").status());
        for (String kiosk : List.of("kiosk-1", "kiosk-2")) {
            shop.ask("PUT", "/api/baskets/" + kiosk, "{}", kiosk);
            shop.ask(
                    "POST",
                    "/api/baskets/%s/lines".formatted(kiosk),
                    "{\"id\":\"1\",\"code\":\"%s\"}".formatted(MILK),
                    kiosk);
        }
        shop.roles.set(Set.of(Role.GUEST));
        shop.lineUp.set(true);
        Answer cash =
                shop.ask(
                        "POST",
                        "/api/baskets/kiosk-1/pay",
                        "{\"tenders\":[{\"id\":\"t1\",\"kind\":\"CASH\"}]}",
                        "kiosk-1");
        assertEquals(403, cash.status());
        assertTrue(cash.text("/detail").startsWith("a guest pays by card"), cash::toString);
        assertEquals(
                "OPEN",
                shop.ask("GET", "/api/baskets/kiosk-1", "", "kiosk-1").text("/status"),
                "what was refused began no payment");
        String card = "{\"tenders\":[{\"id\":\"t2\",\"kind\":\"CARD\"}]}";
        assertEquals(404, shop.ask("POST", "/api/baskets/kiosk-1/pay", card, "kiosk-2").status());
        assertEquals(200, shop.ask("POST", "/api/baskets/kiosk-1/pay", card, "kiosk-1").status());
        assertEquals(404, shop.ask("POST", "/api/baskets/kiosk-1/pay", card, "kiosk-2").status());
        assertEquals(403, shop.ask("GET", "/api/payments/kiosk-1", "", "kiosk-2").status());
    }

    @Test
    void another_vendors_system_puts_orders_in_and_reads_them() {
        assertEquals(
                200,
                shop.change("POST", "/api/business-day/open", "{\"day\":\"2026-03-02\"}").status());
        shop.roles.set(Set.of(Role.INTEGRATION));
        assertEquals(
                404,
                shop.ask(
                                "POST",
                                "/api/orders",
                                "{\"id\":\"v1\",\"lines\":[{\"sku\":\"unobtainium\"}]}")
                        .status());
        assertEquals(404, shop.ask("GET", "/api/baskets/v2", "").status());
        assertEquals(403, shop.ask("GET", "/api/customers?card=4711", "").status());
        assertEquals(403, shop.change("POST", "/api/baskets/v1/recall", "{}").status());
        assertEquals(403, shop.ask("GET", "/api/shifts", "").status());
    }
}
