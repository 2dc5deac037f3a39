package dev.skerry.app.backup;

/// A backup could not be made or used; the message says why, and what to do. What was there before is as it was.
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BackupException(String what, String remedy) {
        super(what + " (" + remedy + ")");
    }
}
