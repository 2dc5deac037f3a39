package dev.skerry.store.payments;

import dev.skerry.language.payments.PaymentEvent;
import java.util.List;

/// What is to happen, or why nothing is.
sealed interface Decided {

    record Happens(List<PaymentEvent> events) implements Decided {
        public Happens {
            events = List.copyOf(events);
        }
    }

    /// @param detail for people: what was wrong, and the way out
    record No(Refusal why, String detail) implements Decided {}

    static Decided happens(PaymentEvent... events) {
        return new Happens(List.of(events));
    }

    static Decided no(Refusal why, String detail) {
        return new No(why, detail);
    }
}
