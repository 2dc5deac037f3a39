package dev.skerry.hq.prices;

import dev.skerry.context.Book.Reaction;
import dev.skerry.context.Handle;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import dev.skerry.language.orders.OrderEvent.OrderPaid;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.Steps;
import java.util.function.Consumer;

/// Keeps with which versions of the books stores sell. To be driven.
public final class PricesFollowers {

    private PricesFollowers() {}

    /// @param source of `store-*/orders`
    public static Steps orders(Prices prices, EventSource source) {
        return prices.changes()
                .book()
                .follower(
                        "orders",
                        source,
                        FollowerSettings.byKey(),
                        new Reaction<>() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<Object> publish) {
                                if (OrderEvent.FORM.read(CloudEvents.read(event)).orElse(null)
                                        instanceof OrderPaid(Order order)) {
                                    String stream = event.stream().value();
                                    PricesTables.sold(
                                            new BookVersion(
                                                    stream.substring(0, stream.indexOf('/')),
                                                    number(order.prices().prices()),
                                                    number(order.prices().promotions()),
                                                    order.at(),
                                                    false),
                                            tables);
                                }
                            }

                            @Override
                            public boolean startOver(Handle tables) {
                                PricesTables.forgetSold(tables);
                                return true;
                            }
                        });
    }

    /// A store says up to which offset it has read; what is none is older than that.
    private static long number(String version) {
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : 0;
    }
}
