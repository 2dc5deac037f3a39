package dev.skerry.node.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// Something about keys, certificates or tokens cannot be done. Says what, what to do about it, and whether trying again can
/// help. Never holds anything secret.
public final class IdentityException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Which failure, for those who act on it.
    public enum Kind {
        /// The folder cannot be read or written.
        FILES,
        /// A file is damaged, or one that must be there is gone.
        DAMAGED,
        /// The token is mistyped, or meant for another store.
        TOKEN,
        /// The request for a certificate is malformed or not acceptable.
        REQUEST,
        /// The certificate that came is not the one that was asked for.
        CERTIFICATE,
        /// HQ's clock cannot be right.
        CLOCK,
        /// This node has not joined HQ yet.
        NOT_ENROLLED
    }

    private final Kind kind;
    private final String remedy;
    private final boolean retryable;

    IdentityException(
            Kind kind, String what, String remedy, boolean retryable, @Nullable Throwable cause) {
        super(what + " (" + remedy + ")", cause);
        this.kind = kind;
        this.remedy = remedy;
        this.retryable = retryable;
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /// What a person can do about it.
    public String remedy() {
        return remedy;
    }

    /// Whether the same call can succeed later.
    public boolean retryable() {
        return retryable;
    }
}
