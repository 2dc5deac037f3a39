package dev.skerry.node.http;

import java.io.IOException;

/// A request's body is not framed as HTTP/1.1 asks: nobody knows where the next request would begin.
final class MalformedBodyException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    MalformedBodyException(int status, RuntimeException cause) {
        super("the body is not framed as HTTP/1.1 asks", cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
