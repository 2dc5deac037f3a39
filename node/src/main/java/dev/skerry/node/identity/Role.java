package dev.skerry.node.identity;

import java.security.cert.X509Certificate;

/// What a certificate lets its holder be: HQ only a server, a store only a client, so neither can pass for the other.
enum Role {
    /// id-kp-serverAuth of RFC 5280.
    HQ("1.3.6.1.5.5.7.3.1") {
        @Override
        boolean names(X509Certificate certificate) {
            return certificate.getSubjectX500Principal().getName().equals("CN=" + HQ_NAME);
        }
    },
    /// id-kp-clientAuth of RFC 5280.
    STORE("1.3.6.1.5.5.7.3.2") {
        @Override
        boolean names(X509Certificate certificate) {
            return StoreId.of(certificate).isPresent();
        }
    };

    static final String HQ_NAME = "hq";

    private final String purpose;

    Role(String purpose) {
        this.purpose = purpose;
    }

    /// Its extended key usage, an object id.
    String purpose() {
        return purpose;
    }

    /// Whether the certificate's subject is one of this role.
    abstract boolean names(X509Certificate certificate);
}
