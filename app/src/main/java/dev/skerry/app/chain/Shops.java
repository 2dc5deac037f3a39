package dev.skerry.app.chain;

import java.util.List;
import java.util.stream.IntStream;

/// The stores of the example chain.
public final class Shops {

    /// Who has more stores than names uses them again, with a number.
    private static final List<String> PLACES =
            List.of(
                    "Hafenstraße",
                    "Marktplatz",
                    "Bahnhof",
                    "Südring",
                    "Lindenallee",
                    "Altstadt",
                    "Nordpark",
                    "Seeblick",
                    "Mühlenweg",
                    "Rathaus",
                    "Westend",
                    "Schlossberg",
                    "Uferpromenade",
                    "Gartenstadt",
                    "Neue Mitte",
                    "Sonnenhügel",
                    "Kirchplatz",
                    "Ostbahnhof",
                    "Waldsiedlung",
                    "Alter Hafen");

    private static final List<String> ZONES = List.of("north", "south", "city");

    /// A store.
    ///
    /// @param id as it is registered: `0001`
    /// @param zone whose prices it has
    public record Shop(String id, String name, String zone) {

        /// As it is named in streams: `store-0001`.
        public String node() {
            return "store-" + id;
        }
    }

    private Shops() {}

    /// The first so many; always the same.
    public static List<Shop> of(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String place = PLACES.get(i % PLACES.size());
                    int round = i / PLACES.size();
                    return new Shop(
                            "%04d".formatted(i + 1),
                            "Harbour " + place + (round == 0 ? "" : " " + (round + 1)),
                            ZONES.get(i % ZONES.size()));
                })
                .toList();
    }
}
