package dev.skerry.app.chain;

import dev.skerry.language.stores.StoreProfile;
import dev.skerry.language.stores.StoreProfile.Format;
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

    private static final List<Format> FORMATS = List.of(Format.MARKET, Format.CAFE, Format.SHOP);

    /// Towns that are there; the stores in them are not.
    private static final List<Town> TOWNS =
            List.of(
                    new Town("Hamburg", 53.551, 9.994),
                    new Town("Lübeck", 53.866, 10.687),
                    new Town("Kiel", 54.323, 10.123),
                    new Town("Bremen", 53.079, 8.802),
                    new Town("Rostock", 54.092, 12.099),
                    new Town("Flensburg", 54.793, 9.447),
                    new Town("Wilhelmshaven", 53.530, 8.106),
                    new Town("Stralsund", 54.309, 13.082),
                    new Town("Cuxhaven", 53.862, 8.694),
                    new Town("Wismar", 53.891, 11.465),
                    new Town("Emden", 53.367, 7.206));

    /// How far the stores of a town are from each other, in degrees.
    private static final double APART = 0.021;

    private static final int ROWS = 7;

    private record Town(String name, double latitude, double longitude) {}

    /// A store.
    ///
    /// @param id as it is registered: `0001`
    /// @param zone whose prices it has
    public record Shop(String id, String name, String zone, StoreProfile profile) {

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
                            "Harbour "
                                    + (FORMATS.get(i % FORMATS.size()) == Format.CAFE
                                            ? "Café "
                                            : "")
                                    + place
                                    + (round == 0 ? "" : " " + (round + 1)),
                            ZONES.get(i % ZONES.size()),
                            profile(i));
                })
                .toList();
    }

    private static StoreProfile profile(int i) {
        Town town = TOWNS.get(i % TOWNS.size());
        int round = i / TOWNS.size();
        return new StoreProfile(
                "Europe/Berlin",
                "EUR",
                FORMATS.get(i % FORMATS.size()),
                null,
                null,
                town.name(),
                "DE",
                town.latitude() + APART * (round % ROWS),
                town.longitude() + APART * Math.floorDiv(round, ROWS),
                List.of());
    }
}
