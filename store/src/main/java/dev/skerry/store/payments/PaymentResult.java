package dev.skerry.store.payments;

/// What came of a command to a payment.
public sealed interface PaymentResult {

    /// Done, now or when it was asked for before.
    record Done(Payment payment) implements PaymentResult {}

    /// The tender was declined. Nothing was paid by it; take another.
    record Declined(Payment payment, String reason) implements PaymentResult {}

    /// The answer was lost. Nothing counts as paid by it, and it is being reversed; take another.
    record Lost(Payment payment) implements PaymentResult {}

    /// The answer is outstanding; ask again.
    record Asking(Payment payment) implements PaymentResult {}

    /// Nothing was done.
    ///
    /// @param detail for people: what was wrong, and the way out
    record Refused(Refusal why, String detail) implements PaymentResult {}
}
