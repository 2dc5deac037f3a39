package dev.skerry.app.demo;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Counts what a server's copy of a store's orders says, and reads on where it stopped. For one thread.
final class Tally {

    /// Receipts that are remembered.
    private static final int RECENT_MAX = 6;

    private final String path;
    private final Deque<Receipt> recent = new ArrayDeque<>();
    private String offset = "-1";
    private Sum sum = Sum.NONE;

    /// @param store such as `store-0001`
    Tally(String store) {
        this.path = "/v1/stream/" + store + "/orders?offset=";
    }

    /// A receipt that was printed.
    ///
    /// @param number such as `0001-till-1-20260301-0017`
    /// @param what `sale`, `return` or `void`
    record Receipt(String order, String number, String till, String what, long minor) {

        Sum sum() {
            return new Sum(1, minor);
        }

        /// What an order says when it is paid.
        static Receipt paid(JsonObject order) {
            long total = order.object("total").number("amount");
            return of(
                    order.text("id"),
                    order.object("receipt"),
                    total < 0 ? "return" : "sale",
                    total);
        }

        /// What is said of an order when it was taken back whole.
        static Receipt voided(JsonObject voided) {
            long refunded =
                    voided.objects("refunds").stream()
                            .mapToLong(it -> it.object("amount").number("amount"))
                            .sum();
            return of(voided.text("order"), voided.object("receipt"), "void", refunded);
        }

        private static Receipt of(String order, JsonObject number, String what, long minor) {
            String till = number.text("till");
            return new Receipt(
                    order,
                    "%s-%s-%s-%04d"
                            .formatted(
                                    number.text("store"),
                                    till,
                                    number.text("businessDay").replace("-", ""),
                                    number.number("sequence")),
                    till,
                    what,
                    minor);
        }
    }

    /// Reads to the end.
    ///
    /// @throws IOException if the server does not answer
    Sum read(Calls server) throws IOException {
        boolean more = true;
        while (more) {
            Calls.Answer page = server.read(path + offset);
            if (page.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                // Nothing has been sold yet, or nothing has come.
                return sum;
            }
            if (page.status() != HttpURLConnection.HTTP_OK) {
                throw new IOException(server.base() + path + " answered " + page.status());
            }
            List<JsonObject> events =
                    JsonObject.parse("{\"events\":" + page.body() + "}").objects("events");
            events.forEach(it -> receipt(it).ifPresent(this::count));
            more = !events.isEmpty() && !page.next().equals(offset);
            offset = page.next();
        }
        return sum;
    }

    private static Optional<Receipt> receipt(JsonObject event) {
        return switch (event.text("type")) {
            case "dev.skerry.orders.OrderPaid" ->
                    Optional.of(Receipt.paid(event.object("data").object("paid")));
            case "dev.skerry.orders.OrderVoided" ->
                    Optional.of(Receipt.voided(event.object("data")));
            default -> Optional.empty();
        };
    }

    private void count(Receipt receipt) {
        sum = sum.plus(receipt.sum());
        recent.addFirst(receipt);
        if (recent.size() > RECENT_MAX) {
            recent.removeLast();
        }
    }

    /// The last first.
    List<Receipt> recent() {
        return List.copyOf(recent);
    }
}
