package dev.skerry.trials.link;

/// A server's process ends, here and now. An error, so that nothing that handles failures handles it.
final class Crashed extends Error {

    private static final long serialVersionUID = 1;

    private final transient Server server;

    Crashed(Server server) {
        super(null, null, false, false);
        this.server = server;
    }

    Server server() {
        return server;
    }
}
