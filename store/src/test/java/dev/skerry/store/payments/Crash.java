package dev.skerry.store.payments;

/// The process ends here; what comes after it is a new one.
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
}
