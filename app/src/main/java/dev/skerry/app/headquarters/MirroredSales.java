package dev.skerry.app.headquarters;

import dev.skerry.hq.prices.PastSales;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/// Past sales, out of HQ's mirrors of what stores wrote. Any thread.
///
/// @param mirrors of `store-*/orders`
record MirroredSales(Streams mirrors) implements PastSales {

    /// A business day may begin so much before its date does in UTC, in any zone.
    private static final int DAYS_BEFORE = 2;

    @Override
    public void read(LocalDate from, LocalDate to, Set<String> stores, Taking taking) {
        Instant begin = from.minusDays(DAYS_BEFORE).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (StreamInfo stream : mirrors.matching(StreamPattern.of("store-*/orders"))) {
            String name = stream.name().value();
            String store = name.substring(0, name.indexOf('/'));
            if ((stores.isEmpty() || stores.contains(store))
                    && !read(stream, store, offset(stream, begin), from, to, taking)) {
                return;
            }
        }
    }

    /// The first offset that was appended then or later, or one before it.
    private long offset(StreamInfo stream, Instant then) {
        long low = 0;
        long high = stream.tail();
        while (low < high) {
            long middle = low + (high - low) / 2;
            Instant at = mirrors.backlog(stream.name(), middle).oldest();
            if (at != null && at.isBefore(then)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean read(
            StreamInfo stream,
            String store,
            long begin,
            LocalDate from,
            LocalDate to,
            Taking taking) {
        long offset = begin;
        while (true) {
            switch (mirrors.read(
                    stream.name(), offset, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
                case Read.Gone(long earliest) -> offset = earliest;
                case Read.Page page -> {
                    for (Event event : page.events()) {
                        if (OrderEvent.FORM.read(CloudEvents.read(event)).orElse(null)
                                        instanceof OrderPaid(Order order)
                                && !order.businessDay().isBefore(from)
                                && !order.businessDay().isAfter(to)
                                && !taking.take(store, order)) {
                            return false;
                        }
                    }
                    if (page.upToDate()) {
                        return true;
                    }
                    offset = page.next();
                }
            }
        }
    }
}
