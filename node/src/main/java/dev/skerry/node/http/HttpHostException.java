package dev.skerry.node.http;

import org.jspecify.annotations.Nullable;

/// The host could not listen. Says why and what to do; trying again helps only after that.
public final class HttpHostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HttpHostException(String what, String remedy, @Nullable Throwable cause) {
        super(what + " (" + remedy + ")", cause);
    }
}
