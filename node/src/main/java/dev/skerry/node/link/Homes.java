package dev.skerry.node.link;

import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The databases of a node, and which of them holds which stream. Any thread.
public final class Homes {

    /// @param streams what is kept there; of several that match, the first in the list
    public record Place(StreamPattern streams, Home<?> home) {}

    private final List<Place> places;
    private final Home<?> rest;

    /// @param rest where everything else is
    public Homes(List<Place> places, Home<?> rest) {
        this.places = List.copyOf(places);
        this.rest = rest;
    }

    Home<?> of(StreamName stream) {
        for (Place place : places) {
            if (place.streams.matches(stream)) {
                return place.home;
            }
        }
        return rest;
    }

    Optional<StreamInfo> find(StreamName stream) {
        return of(stream).streams().find(stream);
    }

    List<StreamInfo> matching(StreamPattern streams) {
        List<StreamInfo> all = new ArrayList<>();
        for (Home<?> home : homes()) {
            home.streams().matching(streams).stream()
                    .filter(info -> of(info.name()) == home)
                    .forEach(all::add);
        }
        return all;
    }

    /// Calls `onNews` after any stream of the pattern has changed.
    Watch watch(StreamPattern streams, Runnable onNews) {
        List<Watch> watches =
                homes().stream().map(home -> home.streams().watch(streams, onNews)).toList();
        return () -> watches.forEach(Watch::close);
    }

    private List<Home<?>> homes() {
        List<Home<?>> homes = new ArrayList<>();
        places.forEach(place -> {
            if (!homes.contains(place.home)) {
                homes.add(place.home);
            }
        });
        if (!homes.contains(rest)) {
            homes.add(rest);
        }
        return homes;
    }
}
