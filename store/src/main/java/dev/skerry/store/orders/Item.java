package dev.skerry.store.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import dev.skerry.language.Sku;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An article as it was when it was scanned: what a basket has to know of it.
///
/// @param unit such as `PIECE` or `KILOGRAM`
/// @param weighed sold by weight: its quantity need not be whole
/// @param quantity what the barcode says of it; null if it says nothing
/// @param price of the whole line, as the barcode says; null if it says nothing
/// @param departments from the widest to the narrowest
/// @param ageMin years; 0 for everybody
/// @param discountable false for what no promotion and no cashier may make cheaper
/// @param deposit the article that is sold with each unit; null if none
/// @param deposits how many of it with each unit; 0 if none
/// @param warning what the cashier has to look at before it is sold, such as the lot of goods of which some were recalled; null if nothing
/// @param station of the kitchen that makes it; null if it is not made
public record Item(
        Sku sku,
        String name,
        String unit,
        boolean weighed,
        @Nullable Quantity quantity,
        @Nullable Money price,
        List<String> departments,
        String brand,
        List<String> tags,
        String taxCategory,
        int ageMin,
        boolean discountable,
        boolean returnable,
        @Nullable Sku deposit,
        int deposits,
        @Nullable String warning,
        @Nullable String station,
        @Nullable String lot,
        @Nullable LocalDate expiry) {

    public Item {
        departments = List.copyOf(departments);
        tags = List.copyOf(tags);
    }

    /// An article of which nothing is known but its number.
    Item plain(Sku article) {
        return new Item(
                article,
                article.value(),
                unit,
                weighed,
                null,
                null,
                departments,
                "",
                List.of(),
                taxCategory,
                0,
                discountable,
                false,
                null,
                0,
                null,
                null,
                null,
                null);
    }

    /// The same under another name, and taxed as something else is.
    Item as(String otherName, String otherTax) {
        return new Item(
                sku,
                otherName,
                unit,
                weighed,
                quantity,
                price,
                departments,
                brand,
                tags,
                otherTax,
                ageMin,
                discountable,
                returnable,
                deposit,
                deposits,
                warning,
                station,
                lot,
                expiry);
    }
}
