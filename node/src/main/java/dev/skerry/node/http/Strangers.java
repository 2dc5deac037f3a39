package dev.skerry.node.http;

/// Is told of those who are kept out because of the certificate that they show, or do not show. Any thread; the connection waits.
@FunctionalInterface
public interface Strangers {

    /// @param address from where they came, without the port
    /// @param why for people; some of it the stranger may have made up
    void refused(String address, String why);
}
