package dev.skerry.app.chain;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.catalog.CatalogEvent;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.loyalty.OfferEvent;
import dev.skerry.language.payments.GiftCardEvent;
import dev.skerry.language.prices.PriceEvent;
import dev.skerry.language.prices.PromotionEvent;
import dev.skerry.language.prices.TaxEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A compacted stream of HQ's that goes to every store, and what may stand in it.
///
/// @param <E> its events
/// @param key what an event is about
/// @param ends whether it ends that
public record ReferenceStream<E>(
        StreamName name, EventForm<E> form, Function<E, String> key, Predicate<E> ends) {

    public static final ReferenceStream<CatalogEvent> CATALOG =
            of(CatalogEvent.STREAM, CatalogEvent.FORM, CatalogEvent::key, CatalogEvent::ends);
    public static final ReferenceStream<PriceEvent> PRICES =
            of(PriceEvent.STREAM, PriceEvent.FORM, PriceEvent::key, PriceEvent::ends);
    public static final ReferenceStream<PromotionEvent> PROMOTIONS =
            of(
                    PromotionEvent.STREAM,
                    PromotionEvent.FORM,
                    PromotionEvent::key,
                    PromotionEvent::ends);
    public static final ReferenceStream<TaxEvent> TAXES =
            of(TaxEvent.STREAM, TaxEvent.FORM, TaxEvent::key, TaxEvent::ends);
    public static final ReferenceStream<CustomerEvent> CUSTOMERS =
            of(CustomerEvent.STREAM, CustomerEvent.FORM, CustomerEvent::key, CustomerEvent::ends);
    public static final ReferenceStream<OfferEvent> OFFERS =
            of(OfferEvent.STREAM, OfferEvent.FORM, OfferEvent::key, OfferEvent::ends);
    public static final ReferenceStream<GiftCardEvent> GIFT_CARDS =
            of(GiftCardEvent.STREAM, GiftCardEvent.FORM, GiftCardEvent::key, GiftCardEvent::ends);
    public static final ReferenceStream<StaffEvent> STAFF =
            of(StaffEvent.STREAM, StaffEvent.FORM, StaffEvent::key, StaffEvent::ends);

    /// All of them; what must be there first stands first.
    public static final List<ReferenceStream<?>> ALL =
            List.of(TAXES, STAFF, CATALOG, PRICES, PROMOTIONS, CUSTOMERS, OFFERS, GIFT_CARDS);

    public ReferenceStream {
        requireNonNull(name, "name");
        requireNonNull(form, "form");
        requireNonNull(key, "key");
        requireNonNull(ends, "ends");
    }

    private static <E> ReferenceStream<E> of(
            String name, EventForm<E> form, Function<E, String> key, Predicate<E> ends) {
        return new ReferenceStream<>(StreamName.of(name), form, key, ends);
    }

    /// @param shortName without `hq/`
    public static Optional<ReferenceStream<?>> find(String shortName) {
        return ALL.stream().filter(it -> it.shortName().equals(shortName)).findFirst();
    }

    /// Without `hq/`.
    public String shortName() {
        return name.value().substring(name.value().indexOf('/') + 1);
    }

    CloudEvent envelope(E event, String id, Instant at) {
        CloudEvent envelope =
                CloudEvent.of(id, name.value(), form.type(event), at, form.data(event))
                        .withSubject(key.apply(event));
        return ends.test(event) ? CloudEvents.deletionOf(envelope) : envelope;
    }

    /// What is to be appended, if it may stand in this stream.
    ///
    /// @throws IllegalArgumentException if it does not belong there, or not with this key
    /// @throws dev.skerry.language.MalformedJsonException if its data cannot be read
    NewEvent checked(CloudEvent envelope) {
        E event =
                form.read(envelope)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        envelope.type() + " does not stand in " + name));
        NewEvent written = CloudEvents.write(envelope);
        if (!key.apply(event).equals(written.key()) || ends.test(event) != written.deletion()) {
            throw new IllegalArgumentException(
                    "the subject of this event is %s, and it is %s deletion"
                            .formatted(key.apply(event), ends.test(event) ? "a" : "no"));
        }
        return written;
    }
}
