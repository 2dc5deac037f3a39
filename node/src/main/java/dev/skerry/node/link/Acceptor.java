package dev.skerry.node.link;

/// Takes wires that stores open. Any thread may call.
public interface Acceptor {

    /// A wire has come in. What this returns is told of everything that comes over it.
    Wire.Ears accept(Guest guest, Wire wire);

    /// Who opened it, as proven by the certificate; TLS has checked that HQ's own authority signed it and that it is in time.
    ///
    /// @param name the certificate's common name, such as `store-0042`
    /// @param fingerprint SHA-256 of the certificate, 64 hexadecimal digits
    /// @param address where it comes from, for people
    record Guest(String name, String fingerprint, String address) {}
}
