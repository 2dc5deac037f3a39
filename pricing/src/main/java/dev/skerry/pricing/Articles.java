package dev.skerry.pricing;

import java.util.Optional;
import java.util.Set;

/// Which articles a promotion means: all, or those that are listed by number, department, brand or tag (any of them is
/// enough), as long as they are also `within` and not in `except`.
///
/// @param departments paths; `food/dairy` includes `food/dairy/yoghurt`
public record Articles(
        boolean all,
        Set<String> skus,
        Set<String> departments,
        Set<String> brands,
        Set<String> tags,
        Optional<Articles> within,
        Optional<Articles> except) {

    public Articles {
        skus = Set.copyOf(skus);
        departments = Set.copyOf(departments);
        brands = Set.copyOf(brands);
        tags = Set.copyOf(tags);
        if (all
                == !(skus.isEmpty()
                        && departments.isEmpty()
                        && brands.isEmpty()
                        && tags.isEmpty())) {
            throw new IllegalArgumentException("either all articles, or at least one kind of them");
        }
    }

    public static Articles everything() {
        return new Articles(
                true, Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    public static Articles skus(String... skus) {
        return new Articles(
                false,
                Set.of(skus),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static Articles department(String path) {
        return new Articles(
                false,
                Set.of(),
                Set.of(path),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static Articles brand(String brand) {
        return new Articles(
                false,
                Set.of(),
                Set.of(),
                Set.of(brand),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static Articles tag(String tag) {
        return new Articles(
                false,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(tag),
                Optional.empty(),
                Optional.empty());
    }

    public Articles within(Articles other) {
        return new Articles(all, skus, departments, brands, tags, Optional.of(other), except);
    }

    public Articles except(Articles other) {
        return new Articles(all, skus, departments, brands, tags, within, Optional.of(other));
    }

    public boolean include(Article article) {
        return listed(article)
                && (within.isEmpty() || within.get().include(article))
                && (except.isEmpty() || !except.get().include(article));
    }

    private boolean listed(Article article) {
        if (all || skus.contains(article.sku().value()) || brands.contains(article.brand())) {
            return true;
        }
        for (String tag : tags) {
            if (article.tags().contains(tag)) {
                return true;
            }
        }
        String path = article.department();
        for (String department : departments) {
            if (path.startsWith(department)
                    && (path.length() == department.length()
                            || path.charAt(department.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
