package dev.skerry.app.chain;

/// A folder cannot be imported at all; the message says why.
public final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImportException(String message) {
        super(message);
    }
}
