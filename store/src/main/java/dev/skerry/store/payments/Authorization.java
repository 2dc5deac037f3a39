package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaidCard;
import org.jspecify.annotations.Nullable;

/// What was said when money was asked for. A lost answer is an answer: it must be reversed, not retried.
public sealed interface Authorization {

    /// The money moves.
    ///
    /// @param amount what was asked for, or less
    /// @param card null if it is no payment card
    record Approved(String approvalCode, Money amount, @Nullable PaidCard card)
            implements Authorization {}

    /// No money moves.
    record Declined(String reason) implements Authorization {}

    /// Kept by the terminal while the acquirer is out of reach; to be forwarded when the line is back.
    ///
    /// @param reference the terminal's own
    record Stored(String reference, Money amount, @Nullable PaidCard card)
            implements Authorization {}

    /// Nobody could be asked, and it is certain that nothing was kept and no money moves.
    record OutOfReach() implements Authorization {}

    /// The answer was lost, or the reference is not known: money may have moved.
    record Unknown(String reference) implements Authorization {}
}
