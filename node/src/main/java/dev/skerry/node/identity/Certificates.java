package dev.skerry.node.identity;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/// Certificates as text and by their fingerprints.
public final class Certificates {

    static final String PEM_TYPE = "CERTIFICATE";

    private Certificates() {}

    /// SHA-256 of the certificate: 64 small hexadecimal digits.
    public static String fingerprint(X509Certificate certificate) {
        return sha256(encoded(certificate));
    }

    /// SHA-256 of the public key that the certificate is for: the same for every certificate of one machine's key.
    public static String keyFingerprint(X509Certificate certificate) {
        return sha256(certificate.getPublicKey().getEncoded());
    }

    /// The chain in PEM, in its order.
    public static String toPem(List<X509Certificate> chain) {
        return Pem.text(blocks(chain));
    }

    /// Reads a chain in PEM. Only reads it: nothing is verified.
    ///
    /// @throws IdentityException of kind CERTIFICATE if it is none
    public static List<X509Certificate> fromPem(String text) {
        try {
            return chain(Pem.blocks(text));
        } catch (CertificateException e) {
            throw new IdentityException(
                    Kind.CERTIFICATE,
                    "what should be a chain of certificates in PEM is not: " + e.getMessage(),
                    "find out who sent it: is the address really HQ's?",
                    false,
                    e);
        }
    }

    static List<PemObject> blocks(List<X509Certificate> chain) {
        return chain.stream().map(it -> new PemObject(PEM_TYPE, encoded(it))).toList();
    }

    static List<X509Certificate> chain(List<PemObject> blocks) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (PemObject block : blocks) {
            if (!block.getType().equals(PEM_TYPE)) {
                throw new CertificateException("it holds a " + block.getType());
            }
            chain.add(
                    (X509Certificate)
                            factory.generateCertificate(
                                    new ByteArrayInputStream(block.getContent())));
        }
        if (chain.isEmpty()) {
            throw new CertificateException("it holds no certificate");
        }
        return List.copyOf(chain);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate was made from its encoded form", e);
        }
    }
}
