package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.Quantity;
import java.util.List;
import java.util.Optional;

/// What a basket costs, and why: enough for a receipt, for HQ's journal, and for a customer who asks.
///
/// Sums hold to the minor unit: `regular − discount = net`, and `total` is `net` plus the tax where prices do not contain it.
/// `net` is the sum over lines, a line's is the sum over its runs, and `discount` is the sum over what was applied.
///
/// @param lines in the order of the basket
/// @param regular sum of quantity times unit price
/// @param net after all discounts, with tax if prices contain it
/// @param total to be paid; before any rounding for cash
/// @param applied in the order in which they were applied
/// @param notApplied promotions that concern an article or a coupon in the basket, and took nothing off
/// @param priceBook version of the prices
/// @param promotionBook version of the promotions
public record Priced(
        List<Line> lines,
        Money regular,
        Money discount,
        Money net,
        Money tax,
        Money total,
        List<Applied> applied,
        List<NotApplied> notApplied,
        List<TaxAmount> taxes,
        long pointsEarned,
        long pointsSpent,
        List<MissingGift> missingGifts,
        List<CouponUse> coupons,
        Search search,
        String priceBook,
        String promotionBook) {

    public Priced {
        lines = List.copyOf(lines);
        applied = List.copyOf(applied);
        notApplied = List.copyOf(notApplied);
        taxes = List.copyOf(taxes);
        missingGifts = List.copyOf(missingGifts);
        coupons = List.copyOf(coupons);
    }

    /// Whether the best combination of promotions was certainly found.
    public enum Search {
        EXACT,
        /// There were too many combinations to look at all: see [Engine].
        GREEDY
    }

    /// One line of the basket.
    ///
    /// @param regular quantity times unit price
    /// @param net what the units cost together
    /// @param tax contained in net, or on top of it, as the policy says
    /// @param runs its units, those that cost the same together; a measured line is one run
    public record Line(BasketLine of, Money regular, Money net, Money tax, List<Run> runs) {
        public Line {
            runs = List.copyOf(runs);
        }
    }

    /// Units of a line that cost the same for the same reasons.
    ///
    /// @param quantity how many; for a measured line all of it
    /// @param each what one unit costs; for a measured line all of it
    /// @param cuts what was taken off one unit (for a measured line: off all of it), in order
    public record Run(Quantity quantity, Money each, List<Cut> cuts) {
        public Run {
            cuts = List.copyOf(cuts);
        }

        /// What the run costs.
        public Money net(boolean measured) {
            return measured ? each : each.times(quantity);
        }
    }

    /// A share of a discount.
    public record Cut(Source source, Money each, Role role) {}

    /// What a unit does for a discount that it shares in.
    public enum Role {
        /// It makes others cheaper.
        QUALIFIER,
        /// It is cheaper.
        REWARD
    }

    /// A promotion, markdown or cashier's discount that took something off.
    ///
    /// @param times how many sets, or kinds of articles, or 1 for the whole basket
    /// @param amount what it took off in all
    public record Applied(Source source, int times, Money amount, List<Part> parts) {
        public Applied {
            parts = List.copyOf(parts);
        }
    }

    /// What was taken off one line.
    ///
    /// @param quantity how much of the line took part
    public record Part(int line, Quantity quantity, Role role, Money amount) {}

    /// A promotion that took nothing off.
    public record NotApplied(String promotion, String name, WhyNot reason) {}

    /// @param net of the lines that bear it, with this tax if prices contain it
    public record TaxAmount(TaxTable.TaxRate rate, Money net, Money tax) {}

    /// A gift that is due and was not scanned: tell the cashier.
    public record MissingGift(String promotion, String name, Articles gift, int units) {}

    /// What became of a coupon.
    ///
    /// @param promotion which used it up
    /// @param whyNot empty if it was used, or if no promotion knows it
    public record CouponUse(String code, Optional<String> promotion, Optional<WhyNot> whyNot) {
        public boolean used() {
            return promotion.isPresent();
        }
    }

    /// @throws IllegalArgumentException if there is no such line
    public Line line(int number) {
        return lines.stream()
                .filter(line -> line.of().line() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line " + number));
    }

    /// What this promotion took off.
    public Money amountOf(String promotion) {
        requireNonNull(promotion, "promotion");
        return applied.stream()
                .filter(it ->
                        it.source() instanceof Source.OfPromotion of && of.id().equals(promotion))
                .map(Applied::amount)
                .reduce(Money.zero(net.currency()), Money::plus);
    }

    /// Why this promotion was not applied; empty if it was.
    public Optional<WhyNot> whyNot(String promotion) {
        boolean did =
                applied.stream()
                        .anyMatch(it ->
                                it.source() instanceof Source.OfPromotion of
                                        && of.id().equals(promotion));
        if (did) {
            return Optional.empty();
        }
        return Optional.of(
                notApplied.stream()
                        .filter(it -> it.promotion().equals(promotion))
                        .map(NotApplied::reason)
                        .findFirst()
                        .orElse(new WhyNot.NoArticles()));
    }
}
