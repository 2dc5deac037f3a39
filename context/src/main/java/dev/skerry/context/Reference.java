package dev.skerry.context;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.stream.StreamName;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A compacted stream that says by key how things are, and how its events are told apart.
///
/// @param key what an event is about
/// @param ends whether it ends that
/// @param ending the event that ends what another one says; that one itself, if it ends something
public record Reference<P>(
        StreamName stream,
        EventForm<P> form,
        Function<P, String> key,
        Predicate<P> ends,
        UnaryOperator<P> ending) {

    public Reference {
        requireNonNull(stream, "stream");
        requireNonNull(form, "form");
        requireNonNull(key, "key");
        requireNonNull(ends, "ends");
        requireNonNull(ending, "ending");
    }

    boolean holds(Object event) {
        return form.events().isInstance(event);
    }

    private P own(Object event) {
        return form.events().cast(event);
    }

    String keyOf(Object event) {
        return key.apply(own(event));
    }

    boolean isEnd(Object event) {
        return ends.test(own(event));
    }

    String typeOf(Object event) {
        return form.type(own(event));
    }

    String dataOf(Object event) {
        return form.data(own(event));
    }

    Object endingOf(Object event) {
        return requireNonNull(ending.apply(own(event)), "ending");
    }

    /// What was written by this program or an earlier one.
    Object read(String type, String data) {
        return form.read(type, data)
                .orElseThrow(() -> new IllegalStateException(stream + " holds no " + type));
    }
}
