package dev.skerry.benchmarks.link;

import dev.skerry.language.JsonObject;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.NewEvent;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Articles as a catalog would publish them: 400 to 600 bytes of JSON each, keyed, the same for the same number.
final class Articles {

    /// So many different ones there are; then they come again, changed.
    private static final int DIFFERENT = 50_000;

    private static final List<String> MAKERS =
            List.of("Alpenhof", "Bonella", "Casa Verde", "Dorfkrug", "Elbgold", "Frieda", "Grünau");
    private static final List<String> THINGS =
            List.of("milk", "butter", "yoghurt", "rye bread", "apple juice", "espresso", "rice");
    private static final List<String> KINDS =
            List.of("mild", "organic", "classic", "light", "whole", "unsalted", "fresh", "select");
    private static final List<String> ALLERGENS =
            List.of("milk", "gluten", "nuts", "soy", "egg", "sesame", "celery");

    private Articles() {}

    /// The n-th of an endless row of changes.
    static NewEvent change(int number) {
        int article = number % DIFFERENT;
        Random fixed = new Random(article);
        Random changed = new Random(number);
        String gtin = "40%011d".formatted(article * 7919L);
        String name =
                pick(MAKERS, fixed)
                        + " "
                        + pick(THINGS, fixed)
                        + " "
                        + pick(KINDS, fixed)
                        + " "
                        + (1 + fixed.nextInt(40)) * 25
                        + " g";
        int cents = 49 + changed.nextInt(2000);
        JsonObject json =
                JsonObject.empty()
                        .with("specversion", "1.0")
                        .with("id", "%016x".formatted(changed.nextLong()))
                        .with("source", "hq/trial/catalog")
                        .with("type", "dev.skerry.catalog.ArticleChanged")
                        .with("subject", gtin)
                        .with(
                                "data",
                                JsonObject.empty()
                                        .with("gtin", gtin)
                                        .with("name", name)
                                        .with("label", name.toUpperCase(Locale.ROOT))
                                        .with("department", 100 + fixed.nextInt(60))
                                        .with("tax", fixed.nextInt(4) == 0 ? "standard" : "reduced")
                                        .with("price", cents)
                                        .with("perKilo", cents * 3L + fixed.nextInt(50))
                                        .with("currency", "EUR")
                                        .with("deposit", fixed.nextInt(3) * 8L)
                                        .with("weightGrams", (1 + fixed.nextInt(40)) * 25L)
                                        .with("supplier", "S-%05d".formatted(fixed.nextInt(900)))
                                        .with(
                                                "allergens",
                                                List.of(
                                                        pick(ALLERGENS, fixed),
                                                        pick(ALLERGENS, fixed)))
                                        .with("picture", "sha256:%016x".formatted(fixed.nextLong()))
                                        .with("ageMin", fixed.nextInt(20) == 0 ? 18 : 0));
        return NewEvent.keyed(gtin, Bytes.of(json.write()));
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
