package dev.skerry.store.printing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Caller;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintingRoutesTest {

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private PaperShop shop;
    private HttpHost host;
    private int keys;

    @BeforeEach
    void open() {
        shop = new PaperShop(folder);
        HttpSetup setup = HttpHost.at("127.0.0.1", 0);
        new PrintingRoutes(shop.printing(), _ -> new Caller("anna", "till-3", Set.of()), "de-DE")
                .operations()
                .forEach(it -> setup.route(it.method(), it.path(), it.handler()));
        host = setup.start();
    }

    @AfterEach
    void close() {
        host.close();
        client.close();
        shop.close();
    }

    private HttpResponse<String> ask(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Idempotency-Key", "k" + keys++)
                        .build(),
                BodyHandlers.ofString());
    }

    private String good(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = ask(method, path, body);
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    @Test
    void a_printer_is_added_and_prints_and_what_it_prints_can_be_seen_and_printed_again()
            throws IOException, InterruptedException {
        String printer =
                good(
                        "PUT",
                        "/api/printers/till",
                        "{\"host\":\"10.0.0.9\",\"serves\":[\"till-3\"],\"drawer\":true}");
        assertTrue(printer.contains("\"port\":9100,\"columns\":42"), printer);
        good(
                "PUT",
                "/api/letterhead",
                "{\"name\":\"Skerry\",\"address\":[],\"taxNumber\":\"\",\"footer\":[]}");
        shop.pay("o-1");
        shop.follow();
        String waiting = good("GET", "/api/print-jobs?state=waiting&printer=till", "");
        assertTrue(waiting.contains("\"id\":\"receipt-o-1\""), waiting);
        assertTrue(good("GET", "/api/printers", "").contains("\"waiting\":1"));
        assertEquals(409, ask("POST", "/api/print-jobs/receipt-o-1/reprint", "").statusCode());
        shop.run("till");
        assertTrue(
                good("GET", "/api/print-jobs/receipt-o-1", "").contains("\"state\":\"PRINTED\""));
        assertTrue(
                good("POST", "/api/print-jobs/receipt-o-1/reprint", "")
                        .contains("\"duplicate\":true"));
        String gift = good("POST", "/api/receipts/o-1/print", "{\"gift\":true}");
        assertTrue(gift.contains("\"duplicate\":false"), gift);
        assertTrue(good("GET", "/api/receipts/o-1", "").contains("SUMME EUR"));
        String page = good("GET", "/api/receipts/o-1?format=html&language=en", "");
        assertTrue(page.contains("<html lang=\"en\">") && page.contains("TOTAL EUR"), page);
        assertTrue(
                good("GET", "/api/receipts/o-1?format=escpos&printer=till", "")
                        .contains("DUPLIKAT"));
        assertEquals(204, ask("DELETE", "/api/printers/till", "").statusCode());
        assertTrue(good("GET", "/api/print-jobs?state=held", "").contains("is not there any more"));
    }

    @Test
    void what_cannot_be_is_answered_with_what_to_do_about_it()
            throws IOException, InterruptedException {
        shop.pay("o-1");
        assertEquals(404, ask("GET", "/api/receipts/o-2", "").statusCode());
        assertEquals(400, ask("GET", "/api/receipts/o-1?format=pdf", "").statusCode());
        assertEquals(400, ask("GET", "/api/receipts/o-1?columns=9", "").statusCode());
        assertEquals(400, ask("GET", "/api/receipts/o-1?columns=x", "").statusCode());
        assertEquals(404, ask("GET", "/api/receipts/o-1?printer=p", "").statusCode());
        assertEquals(409, ask("POST", "/api/receipts/o-1/print", "").statusCode());
        assertEquals(404, ask("GET", "/api/print-jobs/j", "").statusCode());
        assertEquals(404, ask("POST", "/api/print-jobs/j/release", "").statusCode());
        assertEquals(404, ask("DELETE", "/api/printers/p", "").statusCode());
        assertEquals(400, ask("GET", "/api/print-jobs?state=lost", "").statusCode());
        HttpResponse<String> wrong =
                ask("PUT", "/api/printers/p", "{\"host\":\"h\",\"columns\":9}");
        assertEquals(400, wrong.statusCode());
        assertTrue(wrong.body().contains("24 to 64"), wrong.body());
    }
}
