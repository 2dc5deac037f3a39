package dev.skerry.node.link;

/// The other side has broken the protocol: the wire is closed, and a new one begins anew from what both have durably.
final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private LinkException(String what) {
        super(what);
    }

    static LinkException broken(String what) {
        return new LinkException(what);
    }
}
