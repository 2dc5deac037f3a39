package dev.skerry.store.loyalty;

/// What came of signing somebody up.
public sealed interface SigningUp {

    record Done(Member member) implements SigningUp {}

    /// @param customer whose card it is
    record CardTaken(String card, String customer) implements SigningUp {}

    /// Somebody else has this id.
    record IdTaken(String id) implements SigningUp {}
}
