package dev.skerry.app.replay;

/// The folder cannot be replayed; the message says why.
public final class ReplayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReplayException(String message) {
        super(message);
    }
}
