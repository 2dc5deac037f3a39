package dev.skerry.language.loyalty;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a store has done for a customer; its stream is `store-…/loyalty`. The sum of a customer's [PointsBooked] in all stores is
/// what HQ counts.
public sealed interface LoyaltyEvent {

    EventForm<LoyaltyEvent> FORM = new EventForm<>("dev.skerry.loyalty.", LoyaltyEvent.class);

    /// What it is about: a customer or a code; the subject of its CloudEvent.
    String about();

    /// Somebody has become a customer in a store. HQ tells all stores of them later, under the same id.
    ///
    /// @param customer id that the store has made
    /// @param email where to send receipts; null if they do not want that
    /// @param by who signed them up; empty where nobody was signed on
    record CustomerSignedUp(
            String customer,
            List<String> cards,
            String name,
            @Nullable String email,
            LocalDate since,
            String device,
            String by)
            implements LoyaltyEvent {
        public CustomerSignedUp {
            requireNonNull(customer, "customer");
            cards = List.copyOf(cards);
            requireNonNull(name, "name");
            requireNonNull(since, "since");
            requireNonNull(device, "device");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return customer;
        }
    }

    /// Somebody who was signed up here is to be forgotten, as HQ says.
    record CustomerForgotten(String customer) implements LoyaltyEvent {
        public CustomerForgotten {
            requireNonNull(customer, "customer");
        }

        @Override
        public String about() {
            return customer;
        }
    }

    /// A customer's points have changed.
    ///
    /// @param customer whom the till took it for; may be unknown to the store
    /// @param order by which they changed
    /// @param points above zero where the customer has more now
    /// @param of the order whose goods came back, for [Why#RETURNED] and its [Why#VOIDED]; else null
    /// @param amount in minor units: what the goods were sold for, what the reward took off, what was refunded; below zero
    ///     where that is undone
    /// @param seen on what grounds points were redeemed; null for all else
    record PointsBooked(
            String customer,
            String order,
            Why why,
            long points,
            @Nullable String of,
            long amount,
            @Nullable Seen seen)
            implements LoyaltyEvent {
        public PointsBooked {
            requireNonNull(customer, "customer");
            requireNonNull(order, "order");
            requireNonNull(why, "why");
        }

        @Override
        public String about() {
            return customer;
        }
    }

    /// For what reason points change.
    enum Why {
        /// Bought; 0 points where nothing was earned, and points were spent.
        EARNED,
        /// Spent on a reward.
        REDEEMED,
        /// Goods came back: what they had earned goes, and what was spent on them comes back.
        RETURNED,
        /// The order was taken back, and with it what it had booked.
        VOIDED
    }

    /// What a store knew of a customer's points when it let them be spent: so HQ can tell what was spent twice.
    ///
    /// @param balance before it, without what was reserved for other baskets
    /// @param asOf of HQ's count in it; null if HQ had counted nothing
    /// @param lineUp whether HQ was in reach
    record Seen(long balance, @Nullable Instant asOf, boolean lineUp) {}

    /// A code that is good once has taken something off.
    ///
    /// @param customer for whom it was good once; null if it is good once for all
    record CouponUsed(String code, @Nullable String customer, String order)
            implements LoyaltyEvent {
        public CouponUsed {
            requireNonNull(code, "code");
            requireNonNull(order, "order");
        }

        @Override
        public String about() {
            return code;
        }
    }

    /// The order for which a code was used has been taken back.
    record CouponFreed(String code, @Nullable String customer, String order)
            implements LoyaltyEvent {
        public CouponFreed {
            requireNonNull(code, "code");
            requireNonNull(order, "order");
        }

        @Override
        public String about() {
            return code;
        }
    }
}
