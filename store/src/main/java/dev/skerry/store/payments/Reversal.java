package dev.skerry.store.payments;

/// What was said when it was asked that money should be where it was before.
public sealed interface Reversal {

    /// It is, and stays there: the same reference never moves money again.
    record Reversed() implements Reversal {}

    /// It cannot be undone any more.
    record Refused(String reason) implements Reversal {}

    /// No answer. Ask again.
    record Unknown() implements Reversal {}
}
