package dev.skerry.pricing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;

/// Takes off the store's own markdowns and those by date; of several on a line the one that takes off most, and of equal
/// ones the store's.
final class Markdowns {

    private final LocalDate today;
    private final Verdicts verdicts;

    Markdowns(Basket basket, Verdicts verdicts) {
        this.today = basket.at().toLocalDate();
        this.verdicts = verdicts;
    }

    /// @param possible higher rank and lower id first
    /// @return the goods that are reduced, by a markdown or by a price that a cashier typed
    BitSet apply(Shelf shelf, List<Promotion> possible) {
        BitSet reduced = new BitSet();
        for (int i = 0; i < shelf.lots().size(); i++) {
            Lot lot = shelf.lots().get(i);
            Goods goods = lot.goods();
            if (goods.sample().source() == PriceSource.MANUAL) {
                reduced.set(goods.index());
            }
            if (!goods.article().discountable() || goods.article().settled()) {
                continue;
            }
            long most = 0;
            Source source = null;
            for (Markdown markdown : goods.sample().markdowns()) {
                long off = Off.of(markdown.reduction(), goods, lot.units(), lot.net());
                if (off > most) {
                    most = off;
                    source = new Source.OfMarkdown(markdown.campaign());
                }
            }
            for (Promotion promotion : possible) {
                if (promotion.effect() instanceof Effect.ExpiryMarkdown expiry) {
                    long off = byDate(promotion, expiry, lot);
                    if (off > most) {
                        most = off;
                        source = Verdicts.source(promotion);
                    }
                }
            }
            if (source != null) {
                reduced.set(goods.index());
                shelf.take(i, lot.units());
                lot.cutAll(most, source, Priced.Role.REWARD).forEach(shelf::put);
                verdicts.applied(source, 1);
            }
        }
        shelf.close();
        for (Promotion promotion : possible) {
            if (promotion.effect() instanceof Effect.ExpiryMarkdown) {
                verdicts.not(promotion, new WhyNot.NothingToTakeOff());
            }
        }
        return reduced;
    }

    private long byDate(Promotion promotion, Effect.ExpiryMarkdown expiry, Lot lot) {
        BasketLine line = lot.goods().sample();
        if (line.expires().isEmpty()
                || !expiry.articles().include(line.article())
                || (!promotion.conditions().reducedToo() && line.source() == PriceSource.MANUAL)) {
            return 0;
        }
        long days = ChronoUnit.DAYS.between(today, line.expires().get());
        for (Effect.ExpiryStep step : expiry.steps()) {
            if (days >= 0 && days <= step.daysLeftMax()) {
                return Off.percent(lot.extended(), step.percent().basisPoints());
            }
        }
        return 0;
    }
}
