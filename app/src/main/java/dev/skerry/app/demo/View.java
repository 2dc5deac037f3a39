package dev.skerry.app.demo;

import dev.skerry.app.demo.Tally.Receipt;
import dev.skerry.language.JsonObject;
import java.util.List;

/// A store as it was a moment ago.
///
/// @param url of its server; empty before its first start
/// @param on whether its server runs
/// @param open whether all its tills sell
/// @param linked whether its server has a connection to HQ
/// @param handedOut what shoppers have receipts of; counted first
/// @param atHq what HQ's mirror of its orders says; counted second
/// @param sold what its own orders say; counted last, so never behind the others
/// @param waiting events of any kind that HQ does not have
/// @param oldestSeconds since when the first of them waits; negative if none does
/// @param recent receipts, the last first
record View(
        String url,
        boolean on,
        boolean open,
        boolean linked,
        Sum handedOut,
        Sum atHq,
        Sum sold,
        long waiting,
        long oldestSeconds,
        List<Receipt> recent) {

    static final View NONE =
            new View("", false, false, false, Sum.NONE, Sum.NONE, Sum.NONE, 0, -1, List.of());

    /// To the cent.
    boolean agree() {
        return sold.equals(atHq);
    }

    JsonObject json() {
        Sum missing = sold.minus(atHq);
        return JsonObject.empty()
                .with("url", url)
                .with("on", on)
                .with("open", open)
                .with("linked", linked)
                .with("agree", agree())
                .with("sold", json(sold))
                .with("atHq", json(atHq))
                .with("missing", json(missing))
                .with("handedOut", json(handedOut))
                .with("handedOutInBooks", handedOut.receipts() <= sold.receipts())
                .with("waiting", waiting)
                .with("oldestSeconds", oldestSeconds)
                .with(
                        "recent",
                        recent.stream()
                                .map(it ->
                                        JsonObject.empty()
                                                .with("number", it.number())
                                                .with("till", it.till())
                                                .with("what", it.what())
                                                .with("money", Sum.money(it.minor())))
                                .toList());
    }

    static JsonObject json(Sum sum) {
        return JsonObject.empty().with("receipts", sum.receipts()).with("money", sum.money());
    }
}
