package dev.skerry.stream.client;

/// A peer sent bytes that are not what the protocol says; reading them again may help.
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String what;

    MalformedException(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
