package dev.skerry.store.orders;

import dev.skerry.language.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How somebody wants an article.
///
/// @param options chosen of its groups: a group of which some are named has these and no others, one of which none is named has those
///     that are preselected
/// @param without ingredients that are left out
/// @param seen somebody has seen that it can be had, though it counts as run out
/// @param course in which it is served; null for the dish's own
public record Wishes(
        List<Choice> options, List<Sku> without, boolean seen, @Nullable Integer course) {

    /// Of one article, and how often one of them.
    public static final int CHOICES_MAX = 100;

    /// As the menu has it.
    public static final Wishes NONE = new Wishes(List.of(), List.of(), false, null);

    public Wishes {
        options = List.copyOf(options);
        without = List.copyOf(without);
        if (options.size() > CHOICES_MAX || without.size() > CHOICES_MAX) {
            throw new IllegalArgumentException("at most " + CHOICES_MAX + " choices for a line");
        }
        if (course != null && (course < 1 || course > BasketCommand.COURSES_MAX)) {
            throw new IllegalArgumentException(
                    "courses count from 1 to " + BasketCommand.COURSES_MAX);
        }
    }

    public Wishes(List<Choice> options, List<Sku> without, boolean seen) {
        this(options, without, seen, null);
    }
}
