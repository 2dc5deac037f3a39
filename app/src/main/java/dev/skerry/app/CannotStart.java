package dev.skerry.app;

/// A command cannot do what it was asked to; the message says why, and what to do.
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotStart(String what, String remedy) {
        super(what + " (" + remedy + ")");
    }
}
