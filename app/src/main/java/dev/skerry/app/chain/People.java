package dev.skerry.app.chain;

import dev.skerry.app.chain.Shops.Shop;
import dev.skerry.language.customers.CustomerEvent;
import dev.skerry.language.customers.CustomerEvent.CustomerChanged;
import dev.skerry.language.customers.CustomerEvent.PointsCounted;
import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Who shops and works at the example chain. None of them is anybody.
final class People {

    private static final List<String> FIRST =
            List.of(
                    "Anna",
                    "Ben",
                    "Clara",
                    "David",
                    "Emilia",
                    "Felix",
                    "Greta",
                    "Henry",
                    "Ida",
                    "Jonas",
                    "Klara",
                    "Leon",
                    "Mia",
                    "Noah",
                    "Olivia",
                    "Paul",
                    "Rosa",
                    "Samuel",
                    "Theresa",
                    "Uwe",
                    "Vera",
                    "Walter",
                    "Yasmin",
                    "Zoe",
                    "Ahmed",
                    "Birgit",
                    "Carlos",
                    "Dilara",
                    "Elif",
                    "Francesca",
                    "Giulia",
                    "Hanna",
                    "Ivan",
                    "Jana",
                    "Karin",
                    "Luca",
                    "Mehmet",
                    "Nina",
                    "Oskar",
                    "Petra",
                    "Rafael",
                    "Sofia",
                    "Tomasz",
                    "Ulrike",
                    "Viktor",
                    "Wiebke",
                    "Jürgen",
                    "Björn",
                    "Søren",
                    "Zeynep",
                    "Matteo",
                    "Lina",
                    "Erik",
                    "Frieda",
                    "Kofi",
                    "Linh",
                    "Minh",
                    "Olga",
                    "Pavel",
                    "Amira");

    private static final List<String> LAST =
            List.of(
                    "Albrecht",
                    "Becker",
                    "Brandt",
                    "Busch",
                    "Carstens",
                    "Dietrich",
                    "Ebert",
                    "Fischer",
                    "Friedrich",
                    "Graf",
                    "Günther",
                    "Hansen",
                    "Hartmann",
                    "Hoffmann",
                    "Iversen",
                    "Jansen",
                    "Kaiser",
                    "Keller",
                    "Koch",
                    "Köhler",
                    "Krüger",
                    "Lange",
                    "Lehmann",
                    "Lorenz",
                    "Maier",
                    "Möller",
                    "Neumann",
                    "Otto",
                    "Petersen",
                    "Pohl",
                    "Richter",
                    "Roth",
                    "Sander",
                    "Schäfer",
                    "Schmitt",
                    "Schröder",
                    "Schulz",
                    "Seidel",
                    "Sommer",
                    "Stein",
                    "Thomsen",
                    "Ulrich",
                    "Vogel",
                    "Wagner",
                    "Weber",
                    "Winkler",
                    "Wolf",
                    "Zimmermann",
                    "Kowalski",
                    "Nowak",
                    "Rossi",
                    "Bianchi",
                    "Silva",
                    "Santos",
                    "Yılmaz",
                    "Demir",
                    "Nguyen",
                    "Petrov",
                    "Ivanova",
                    "Andersen",
                    "Nielsen",
                    "Lindqvist",
                    "García",
                    "Moreau",
                    "Dubois",
                    "van Dijk",
                    "de Vries",
                    "Novák",
                    "Horváth",
                    "Kaya");

    /// A segment, and how many customers of a hundred are in it.
    private record Segment(String name, int percent) {}

    private static final List<Segment> SEGMENTS =
            List.of(
                    new Segment("family", 28),
                    new Segment("senior", 18),
                    new Segment("student", 9),
                    new Segment("gold", 6),
                    new Segment("newsletter", 35),
                    new Segment("vegan", 7),
                    new Segment("baby-club", 5));

    private static final String CARD_PREFIX = "704250";

    /// Few, for a quick start: these PINs are no secret.
    private static final int ITERATIONS = 1_000;

    /// When points were last counted.
    private static final Instant COUNTED = Instant.parse("2026-01-01T00:00:00Z");

    private People() {}

    // ---- customers

    static List<CustomerEvent> customers(long seed, int count) {
        Random random = new Random(seed);
        List<CustomerEvent> customers = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String id = "K%06d".formatted(number);
            String first = FIRST.get(random.nextInt(FIRST.size()));
            String last = LAST.get(random.nextInt(LAST.size()));
            List<String> segments =
                    SEGMENTS.stream()
                            .filter(it -> random.nextInt(100) < it.percent())
                            .map(Segment::name)
                            .toList();
            List<String> cards = new ArrayList<>();
            cards.add(card(number, 0));
            if (random.nextInt(10) == 0) {
                cards.add(card(number, 1));
            }
            String email = email(first, last, number);
            LocalDate since = LocalDate.of(2012, 1, 1).plusDays(random.nextInt(5_000));
            customers.add(
                    new CustomerChanged(
                            id,
                            cards,
                            first + " " + last,
                            segments,
                            segments.contains("newsletter") ? email : null,
                            since,
                            random.nextInt(500) == 0));
            // Few have many points, many have few.
            long points = (long) random.nextInt(65) * random.nextInt(65);
            customers.add(new PointsCounted(id, points, COUNTED));
        }
        return customers;
    }

    /// 16 digits, the last of which guards them (Luhn).
    static String card(int customer, int nth) {
        String digits = CARD_PREFIX + "%08d".formatted(customer) + nth;
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private static String email(String first, String last, int number) {
        String plain =
                Normalizer.normalize(first + "." + last, Normalizer.Form.NFD)
                        .toLowerCase(Locale.ROOT)
                        .replace('ø', 'o')
                        .replace('ı', 'i')
                        .replaceAll("[^a-z.]", "");
        return plain + number + "@example.com";
    }

    // ---- staff

    /// What a store needs to be open from Monday to Saturday.
    private static final List<List<String>> ROLES =
            List.of(
                    List.of("manager"),
                    List.of("supervisor"),
                    List.of("cashier"),
                    List.of("cashier"),
                    List.of("cashier"),
                    List.of("cashier"),
                    List.of("cashier", "stock"),
                    List.of("cashier", "cook"),
                    List.of("cook"),
                    List.of("cook"),
                    List.of("stock"),
                    List.of("stock"));

    static List<StaffEvent> staff(long seed, List<Shop> shops) {
        Random random = new Random(seed);
        List<StaffEvent> staff = new ArrayList<>();
        for (int shop = 0; shop < shops.size(); shop++) {
            for (int nth = 0; nth < ROLES.size(); nth++) {
                String id = String.valueOf(1_001 + shop * 100 + nth);
                byte[] salt = new byte[PinHash.SALT_BYTES_MIN];
                random.nextBytes(salt);
                staff.add(
                        new PersonChanged(
                                id,
                                FIRST.get(random.nextInt(FIRST.size()))
                                        + " "
                                        + LAST.get(random.nextInt(LAST.size())).charAt(0)
                                        + ".",
                                ROLES.get(nth),
                                List.of(shops.get(shop).node()),
                                PinHash.of(pin(id), salt, ITERATIONS)));
            }
        }
        return staff;
    }

    /// The number backwards: another one for everybody, and easy to tell at a demonstration.
    static String pin(String person) {
        return new StringBuilder(person).reverse().toString();
    }
}
