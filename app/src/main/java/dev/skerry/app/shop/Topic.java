package dev.skerry.app.shop;

import dev.skerry.app.feed.FeedTopic;
import java.util.Locale;

/// What a screen can be told about, and where it then reads what is new.
enum Topic implements FeedTopic {
    BASKETS("the basket's id, with its version", "/api/baskets/{id}"),
    ORDERS("the id of the order: placed, paid, taken back", "/api/orders/{id}"),
    PAYMENTS("the id of the order that is paid", "/api/payments/{order}"),
    SHIFTS("the shift's id", "/api/shifts/{shift}"),
    BUSINESS_DAY("the day", "/api/business-day"),
    KITCHEN("the ticket's id", "/api/kitchen/tickets"),
    EXPO("the id of the order: being made, ready, handed over", "/api/kitchen/expo"),
    AVAILABILITY("SKU", "/api/availability/{sku}"),
    STOCK("SKU", "/api/stock/{sku}"),
    ARTICLES("none: HQ has changed some", "/api/articles"),
    PRICES("none: HQ, a campaign of the store or the clock has changed some", "/api/price-check"),
    CAMPAIGNS("the id of the store's own campaign", "/api/campaigns"),
    LABELS("the id of the batch", "/api/labels/batches/{id}"),
    CUSTOMERS("the customer's id; none where HQ has changed some", "/api/customers/{id}"),
    OFFERS("the code; none where HQ has changed some", "/api/coupons/{code}"),
    PEOPLE("none: HQ, or a manager here, has changed who works here", "/api/people"),
    SIGN_ONS("the device: somebody signed on or off, or locked it", "/api/me"),
    APPROVALS("the device: somebody allowed something there", "/api/me"),
    DEVICES("the device", "/api/devices"),
    PRINTING("the print job's id", "/api/print-jobs/{id}"),
    PRINTERS("the printer's id; none for what stands on all receipts", "/api/printers"),
    REPORTS("none: a figure has changed", "/api/reports/{day}"),
    EXCEPTIONS("none: something was out of the ordinary", "/api/exceptions"),
    LINE("none: the line to HQ came or went, or what waits for it has changed", "/api/line");

    private final String keys;
    private final String read;

    Topic(String keys, String read) {
        this.keys = keys;
        this.read = read;
    }

    /// As a client names it: `business-day`.
    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What its keys are.
    String keys() {
        return keys;
    }

    /// Where what it is about is read.
    String read() {
        return read;
    }
}
