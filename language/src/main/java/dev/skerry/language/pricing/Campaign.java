package dev.skerry.language.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import dev.skerry.language.Sku;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A store's own markdown: surplus, near expiry. It lies over HQ's prices until it ends.
///
/// @param percent taken off; null if there is a price
/// @param price for one; null if there is a percentage
/// @param skus what it is for; empty if departments say
/// @param departments paths such as `Food/Dairy`, with all below them; empty if SKUs say
/// @param lot only goods of this lot; null for all
/// @param expiresWithinDays only goods whose barcode says that they expire in so many days; null for all
/// @param from store-local
/// @param to store-local, excluded
public record Campaign(
        String id,
        String name,
        String reason,
        @Nullable Percent percent,
        @Nullable Money price,
        Set<Sku> skus,
        List<String> departments,
        @Nullable String lot,
        @Nullable Integer expiresWithinDays,
        LocalDateTime from,
        LocalDateTime to) {

    /// @throws IllegalArgumentException saying what is wrong
    public Campaign {
        requireNonNull(id, "id");
        skus = Set.copyOf(skus);
        departments = List.copyOf(departments);
        require(!id.isBlank() && id.length() <= 64, "a campaign's id has 1 to 64 characters");
        require(!name.isBlank(), "a campaign has a name: it stands on the receipt");
        require((percent == null) != (price == null), "a campaign has a percentage or a price");
        require(
                percent == null
                        || (percent.basisPoints() > 0 && percent.basisPoints() <= Percent.WHOLE),
                "a percentage is above 0 and at most 100");
        require(price == null || !price.isNegative(), "a price is not below zero");
        require(
                !skus.isEmpty() || !departments.isEmpty(),
                "a campaign names articles or departments");
        require(from.isBefore(to), "a campaign ends after it begins");
        require(
                expiresWithinDays == null || expiresWithinDays >= 0,
                "days until expiry are 0 or more");
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
