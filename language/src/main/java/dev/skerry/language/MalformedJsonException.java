package dev.skerry.language;

import org.jspecify.annotations.Nullable;

/// A JSON document is not what was expected; the message says which field and what it should be. Whoever wrote it has to
/// mend it.
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedJsonException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
