package dev.skerry.store.pricing;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PriceEvent.Level;
import dev.skerry.language.prices.PriceEvent.PriceRemoved;
import dev.skerry.language.prices.PriceEvent.PriceSet;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.PromotionEvent.PromotionChanged;
import dev.skerry.language.prices.PromotionEvent.PromotionRemoved;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.prices.TaxEvent.TaxRateRemoved;
import dev.skerry.language.prices.TaxEvent.TaxRateSet;
import dev.skerry.language.pricing.PricingEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Builds the store's price, promotion and tax books from HQ's streams.
final class PricingFollowers {

    private final Book<PricingEvent> book;
    private final String store;
    private final String zone;

    /// @param store such as `store-0042`
    /// @param zone in which it lies; prices and taxes of others are passed over
    PricingFollowers(Book<PricingEvent> book, String store, String zone) {
        this.book = book;
        this.store = store;
        this.zone = zone;
    }

    /// @param mirror where the store has a stream of HQ's
    List<Follower<SqliteTransaction>> all(Function<StreamName, EventSource> mirror) {
        return List.of(
                follower(mirror, PriceEvent.STREAM, "price", PriceEvent.FORM, this::price),
                follower(
                        mirror,
                        PromotionEvent.STREAM,
                        "promotion",
                        PromotionEvent.FORM,
                        this::promotion),
                follower(mirror, TaxEvent.STREAM, "tax", TaxEvent.FORM, this::tax));
    }

    private interface Taking<E> {
        void take(E event, Handle tables);
    }

    private <E> Follower<SqliteTransaction> follower(
            Function<StreamName, EventSource> mirror,
            String stream,
            String table,
            EventForm<E> form,
            Taking<E> taking) {
        return book.follower(
                "pricing " + stream,
                mirror.apply(StreamName.of(stream)),
                FollowerSettings.byKey(),
                new Book.Reaction<>() {
                    @Override
                    public void react(Event event, Handle tables, Consumer<PricingEvent> publish) {
                        CloudEvent envelope = CloudEvents.read(event);
                        form.read(envelope).ifPresent(it -> taking.take(it, tables));
                        PricingTables.read(stream, event.offset() + 1, tables);
                    }

                    @Override
                    public boolean startOver(Handle tables) {
                        PricingTables.forget(table, tables);
                        PricingTables.read(stream, 0, tables);
                        return true;
                    }
                });
    }

    private void price(PriceEvent event, Handle tables) {
        switch (event) {
            case PriceSet set -> {
                if (concerns(set.place().level(), set.place().of())) {
                    PricingTables.set(set.key(), set, tables);
                }
            }
            case PriceRemoved removed -> PricingTables.removePrice(removed.key(), tables);
        }
    }

    private boolean concerns(Level level, @Nullable String of) {
        return switch (level) {
            case CHAIN -> true;
            case ZONE -> zone.equals(of);
            case STORE -> store.equals(of);
        };
    }

    private void promotion(PromotionEvent event, Handle tables) {
        switch (event) {
            case PromotionChanged changed ->
                    changed.launch(store, zone)
                            .ifPresentOrElse(
                                    it -> PricingTables.set(changed, it, tables),
                                    () -> PricingTables.removePromotion(changed.id(), tables));
            case PromotionRemoved removed -> PricingTables.removePromotion(removed.id(), tables);
        }
    }

    private void tax(TaxEvent event, Handle tables) {
        switch (event) {
            case TaxRateSet set -> {
                if (set.zone() == null || zone.equals(set.zone())) {
                    PricingTables.set(set.key(), set, tables);
                }
            }
            case TaxRateRemoved removed -> PricingTables.removeTax(removed.key(), tables);
        }
    }
}
