package dev.skerry.store.orders;

import dev.skerry.language.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An option of an article that was chosen.
///
/// @param option its id, unique in the article
/// @param count how often: an extra shot twice; null for once, 0 for what is preselected and not wanted
/// @param options what is chosen with it in turn; null for what is preselected
/// @param without ingredients that are left out, where it is a part of a combo; null for none
public record Choice(
        String option,
        @Nullable Integer count,
        @Nullable List<Choice> options,
        @Nullable List<Sku> without) {

    public Choice {
        if (count != null && (count < 0 || count > Wishes.CHOICES_MAX)) {
            throw new IllegalArgumentException(
                    "an option is chosen 0 to %d times, not %d"
                            .formatted(Wishes.CHOICES_MAX, count));
        }
        options = options == null ? null : List.copyOf(options);
        without = without == null ? null : List.copyOf(without);
    }

    /// Once, with what is preselected.
    public static Choice of(String option) {
        return new Choice(option, null, null, null);
    }

    int times() {
        return count == null ? 1 : count;
    }

    Wishes wishes(boolean seen) {
        return new Wishes(
                options == null ? List.of() : options, without == null ? List.of() : without, seen);
    }
}
