package dev.skerry.pricing;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the goods of a basket that some articles mean, without asking each of them.
final class GoodsIndex {

    private final BitSet discountable = new BitSet();
    private final BitSet settled = new BitSet();
    private final Map<String, BitSet> bySku = new HashMap<>();
    private final Map<String, BitSet> byDepartment = new HashMap<>();
    private final Map<String, BitSet> byBrand = new HashMap<>();
    private final Map<String, BitSet> byTag = new HashMap<>();

    GoodsIndex(List<Goods> goods) {
        for (Goods each : goods) {
            Article article = each.article();
            if (!article.discountable()) {
                continue;
            }
            discountable.set(each.index());
            settled.set(each.index(), article.settled());
            add(bySku, article.sku().value(), each);
            add(byBrand, article.brand(), each);
            article.tags().forEach(tag -> add(byTag, tag, each));
            String path = article.department();
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                add(byDepartment, path.substring(0, end), each);
            }
        }
    }

    /// Those about which promotions have had their say.
    BitSet settled() {
        return settled;
    }

    /// Those that may be discounted.
    BitSet meant(Articles articles) {
        BitSet meant = new BitSet();
        if (articles.all()) {
            meant.or(discountable);
        }
        articles.skus().forEach(sku -> add(meant, bySku.get(sku)));
        articles.departments().forEach(path -> add(meant, byDepartment.get(path)));
        articles.brands().forEach(brand -> add(meant, byBrand.get(brand)));
        articles.tags().forEach(tag -> add(meant, byTag.get(tag)));
        if (!meant.isEmpty()) {
            articles.within().ifPresent(within -> meant.and(meant(within)));
            articles.except().ifPresent(except -> meant.andNot(meant(except)));
        }
        return meant;
    }

    private static void add(BitSet meant, @Nullable BitSet more) {
        if (more != null) {
            meant.or(more);
        }
    }

    private static void add(Map<String, BitSet> index, String key, Goods goods) {
        index.computeIfAbsent(key, _ -> new BitSet()).set(goods.index());
    }
}
