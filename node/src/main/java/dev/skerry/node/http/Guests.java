package dev.skerry.node.http;

import dev.skerry.node.link.Acceptor.Guest;
import io.helidon.common.socket.PeerInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Who is at the other end of a connection.
final class Guests {

    private Guests() {}

    static Optional<X509Certificate> certificate(PeerInfo peer) {
        return peer.tlsCertificates()
                .map(chain -> chain[0])
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast);
    }

    /// Who the client certificate says it is; empty if there is none, or if it has no common name.
    static Optional<Guest> of(PeerInfo peer) {
        return certificate(peer)
                .flatMap(it -> commonName(it).map(name -> new Guest(name, print(it), from(peer))));
    }

    /// Somebody whom nothing proves.
    static Guest unproven(String name, PeerInfo peer) {
        return new Guest(name, sha256(name.getBytes(StandardCharsets.UTF_8)), from(peer));
    }

    private static String from(PeerInfo peer) {
        return peer.host() + ":" + peer.port();
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static String print(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that came encoded", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
