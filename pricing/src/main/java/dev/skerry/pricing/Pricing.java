package dev.skerry.pricing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/// Prices one basket, from markdowns to points, top to bottom.
final class Pricing {

    private final Basket basket;
    private final PromotionBook book;
    private final Policies policies;
    private final Eligibility eligibility;
    private final Verdicts verdicts = new Verdicts();
    private final Budget budget;
    private final List<Goods> goods;
    private final Shelf shelf;

    Pricing(Basket basket, PromotionBook book, Policies policies, int stepsMax) {
        if (book.currency().isPresent() && !book.currency().get().equals(basket.currency())) {
            throw new IllegalArgumentException(
                    "promotions in %s for a basket in %s"
                            .formatted(book.currency().get(), basket.currency()));
        }
        this.basket = basket;
        this.book = book;
        this.policies = policies;
        this.eligibility = new Eligibility(basket, policies);
        this.budget = new Budget(stepsMax);
        this.goods = Goods.of(basket.lines());
        this.shelf =
                new Shelf(
                        goods.stream()
                                .map(each -> new Lot(each, each.units(), each.each(), null))
                                .toList());
    }

    Priced run() {
        List<Promotion> possible = possible();
        BitSet reduced = new Markdowns(basket, verdicts).apply(shelf, possible);
        List<Candidate> all = candidates(possible, reduced);
        List<Candidate> plain =
                all.stream().filter(it -> it.promotion().conditions().coupon().isEmpty()).toList();
        List<Candidate> withCoupon =
                all.stream()
                        .filter(it -> it.promotion().conditions().coupon().isPresent())
                        .toList();
        LineStage lines = new LineStage(goods, verdicts, budget);
        lines.apply(shelf, plain);
        List<Lot> afterLines = shelf.lots();
        BasketStage onBasket = new BasketStage(basket, afterLines, verdicts, budget);
        onBasket.apply(shelf, plain);
        lines.apply(shelf, withCoupon);
        onBasket.apply(shelf, withCoupon);
        long pointsSpent = new Rewards(basket, policies, verdicts).apply(shelf, all);
        List<Receipt.Row> rows = Receipt.rows(basket, shelf.lots());
        new CashierDiscounts(basket, verdicts).apply(rows);
        Taxes taxes = new Taxes(basket.currency(), policies);
        taxes.apply(rows);
        long pointsEarned = new Points(verdicts).earned(rows, all);
        return new Receipt(basket, verdicts, rows, taxes)
                .priced(
                        pointsEarned,
                        pointsSpent,
                        onBasket.missingGifts(),
                        coupons(possible),
                        budget.spent() ? Priced.Search.GREEDY : Priced.Search.EXACT,
                        book.version());
    }

    /// Those that concern the basket, and whose conditions on time, customer and coupon hold.
    private List<Promotion> possible() {
        List<Article> articles = new ArrayList<>(goods.size());
        for (Goods each : goods) {
            articles.add(each.article());
        }
        List<Promotion> possible = new ArrayList<>();
        for (Promotion promotion : book.concerning(articles, basket.coupons())) {
            WhyNot whyNot = eligibility.whyNot(promotion);
            if (whyNot == null) {
                possible.add(promotion);
            } else {
                verdicts.not(promotion, whyNot);
            }
        }
        return possible;
    }

    private List<Candidate> candidates(List<Promotion> possible, BitSet reduced) {
        List<Candidate> candidates = new ArrayList<>();
        GoodsIndex index = new GoodsIndex(goods);
        for (Promotion promotion : possible) {
            if (promotion.effect() instanceof Effect.ExpiryMarkdown) {
                continue;
            }
            long coupons =
                    promotion
                            .conditions()
                            .coupon()
                            .map(code -> Collections.frequency(basket.coupons(), code))
                            .orElse(1);
            Candidate candidate =
                    Candidate.of(promotion, candidates.size(), index, reduced, coupons);
            WhyNot whyNot =
                    candidate.meansNothing()
                            ? whyNothing(promotion, reduced)
                            : eligibility.whyNot(promotion.conditions().requires(), shelf.lots());
            if (whyNot == null) {
                candidates.add(candidate);
            } else if (!(whyNot instanceof WhyNot.NoArticles)
                    || promotion.conditions().coupon().isPresent()) {
                verdicts.not(promotion, whyNot);
            }
        }
        return candidates;
    }

    /// Nothing that the promotion means can be discounted: why?
    private WhyNot whyNothing(Promotion promotion, BitSet reduced) {
        List<Articles> meant = EffectArticles.of(promotion.effect());
        WhyNot whyNot = new WhyNot.NoArticles();
        for (Goods each : goods) {
            boolean exempt = !each.article().discountable();
            if ((exempt || reduced.get(each.index()))
                    && meant.stream().anyMatch(it -> it.include(each.article()))) {
                whyNot = exempt ? new WhyNot.Exempt() : new WhyNot.Reduced();
            }
        }
        return whyNot;
    }

    private List<Priced.CouponUse> coupons(List<Promotion> possible) {
        CouponCounter counter = new CouponCounter(verdicts, book);
        return counter.count(basket.coupons(), possible);
    }
}
