package dev.skerry.app.chain;

import dev.skerry.language.Sku;
import dev.skerry.language.catalog.Article;
import dev.skerry.language.catalog.Article.Draft;
import java.util.List;

/// What a till of the example chain sells besides goods: deposits, bags, gift cards.
final class Extras {

    private Extras() {}

    static List<Ware> all() {
        return List.of(
                deposit("D008", "Deposit glass bottle", 8),
                deposit("D025", "Deposit bottle or can", 25),
                deposit("D310", "Deposit crate with 20 bottles", 310),
                bag("B010", "Paper bag", "201", 30),
                bag("B020", "Cotton bag", "202", 249),
                bag("B030", "Cool bag", "203", 199),
                giftCard("G010", "Gift card 10", 1_000),
                giftCard("G025", "Gift card 25", 2_500),
                giftCard("G050", "Gift card 50", 5_000));
    }

    private static Ware deposit(String sku, String name, long cents) {
        return ware(
                Article.draft(new Sku(sku), name, "standard", "Deposits")
                        .discountExempt()
                        .tags(List.of("deposit", "no-points")),
                cents);
    }

    private static Ware bag(String sku, String name, String plu, long cents) {
        return ware(
                Article.draft(new Sku(sku), name, "standard", "Bags")
                        .plu(plu)
                        .discountExempt()
                        .tags(List.of("bag")),
                cents);
    }

    private static Ware giftCard(String sku, String name, long cents) {
        return ware(
                Article.draft(new Sku(sku), name, "untaxed", "Gift cards")
                        .discountExempt()
                        .notReturnable()
                        .tags(List.of("gift-card", "no-points")),
                cents);
    }

    private static Ware ware(Draft draft, long cents) {
        return new Ware(draft.article(), cents, true);
    }
}
