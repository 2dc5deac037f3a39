package dev.skerry.language;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the events of a context, a sealed interface of records, stand in CloudEvents: the type is a prefix and the record's
/// name, such as `dev.skerry.orders.OrderPaid`; the data is the record's JSON. Any thread.
///
/// @param <E> the sealed interface
public final class EventForm<E> {

    private final String prefix;
    private final Class<E> events;
    private final Map<String, Class<? extends E>> records = new LinkedHashMap<>();

    /// @param prefix such as `dev.skerry.orders.`
    /// @throws IllegalArgumentException if the interface is not sealed, or permits something else than records
    public EventForm(String prefix, Class<E> events) {
        this.prefix = requireNonNull(prefix, "prefix");
        this.events = requireNonNull(events, "events");
        Class<?>[] permitted = events.getPermittedSubclasses();
        if (permitted == null) {
            throw new IllegalArgumentException(events + " is not sealed");
        }
        for (Class<?> one : permitted) {
            if (!one.isRecord()) {
                throw new IllegalArgumentException(one + " is no record");
            }
            records.put(one.getSimpleName(), one.asSubclass(events));
        }
    }

    /// The events that can be written.
    public Class<E> events() {
        return events;
    }

    /// The types of all these events, each with its record.
    public Map<String, Class<? extends E>> types() {
        Map<String, Class<? extends E>> types = new LinkedHashMap<>();
        records.forEach((name, record) -> types.put(prefix + name, record));
        return types;
    }

    public String type(E event) {
        return prefix + event.getClass().getSimpleName();
    }

    public String data(E event) {
        return Json.write(requireNonNull(event, "event"));
    }

    /// Empty if the event is of a type that this program does not know, as a newer one may send.
    ///
    /// @throws MalformedJsonException if it is of a known type and its data cannot be read
    public Optional<E> read(CloudEvent event) {
        return read(event.type(), event.data());
    }

    /// The same, of the type and data of an event.
    public Optional<E> read(String type, @Nullable String data) {
        Class<? extends E> record =
                type.startsWith(prefix) ? records.get(type.substring(prefix.length())) : null;
        if (record == null) {
            return Optional.empty();
        }
        if (data == null) {
            throw new MalformedJsonException(type + " has no data", null);
        }
        return Optional.of(Json.read(data, record));
    }
}
