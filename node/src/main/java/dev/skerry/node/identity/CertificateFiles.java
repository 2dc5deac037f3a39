package dev.skerry.node.identity;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// A server's certificate and key in two files that somebody else keeps up to date. Taken over whole when they have changed and belong
/// together; until then what was shown before stays.
public final class CertificateFiles implements ServerCertificate {

    /// Enough for a chain with large keys.
    private static final int FILE_BYTES_MAX = 64 * 1024;

    private static final int PROOF_BYTES = 32;

    private final Path chain;
    private final Path key;
    private final SecureRandom random;
    private Contents contents;
    private volatile Shown shown;

    private record Contents(String chain, String key) {}

    /// Reads them.
    ///
    /// @param chain certificates in PEM, the server's own first
    /// @param key its private key in PEM, not encrypted: RSA, EC or EdDSA
    /// @throws IdentityException if they cannot be read, or do not belong together
    public static CertificateFiles open(Path chain, Path key, SecureRandom random) {
        return new CertificateFiles(chain, key, random);
    }

    private CertificateFiles(Path chain, Path key, SecureRandom random) {
        this.chain = chain;
        this.key = key;
        this.random = random;
        this.contents = read();
        this.shown = Shown.of(credential(contents), random);
    }

    @Override
    public Shown shown() {
        return shown;
    }

    @Override
    public Optional<X509Certificate> root() {
        return Optional.empty();
    }

    @Override
    public boolean look() {
        Contents now = read();
        if (now.equals(contents)) {
            return false;
        }
        shown = Shown.of(credential(now), random);
        contents = now;
        return true;
    }

    private Contents read() {
        return new Contents(read(chain), read(key));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException("it has more than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IdentityException(
                    Kind.FILES,
                    "cannot read " + file + ": " + e,
                    "see that it is there, and that the user who runs this may read it",
                    true,
                    e);
        }
    }

    private Credential credential(Contents read) {
        try {
            Credential credential =
                    new Credential(key(read.key), Certificates.chain(Pem.blocks(read.chain)));
            if (!belongTogether(credential)) {
                throw new CertificateException("its key is another than that of " + key);
            }
            return credential;
        } catch (CertificateException e) {
            throw new IdentityException(
                    Kind.CERTIFICATE,
                    "cannot use " + chain + " with the key " + key + ": " + e.getMessage(),
                    "put there a chain of certificates in PEM, the server's own first, and its key, not encrypted",
                    true,
                    e);
        }
    }

    private static PrivateKey key(String text) throws CertificateException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            Object found = parser.readObject();
            // OpenSSL writes the curve before an EC key.
            while (found instanceof ASN1ObjectIdentifier) {
                found = parser.readObject();
            }
            PrivateKeyInfo info =
                    switch (found) {
                        case PrivateKeyInfo it -> it;
                        case PEMKeyPair it -> it.getPrivateKeyInfo();
                        case null, default ->
                                throw new CertificateException(
                                        "there is no key that is not encrypted");
                    };
            return KeyFactory.getInstance(info.getPrivateKeyAlgorithm().getAlgorithm().getId())
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            // The cause might quote the key.
            throw e instanceof CertificateException why
                    ? why
                    : new CertificateException("the key is of a kind that is not known");
        }
    }

    /// Whether what the key signs, the certificate proves.
    private boolean belongTogether(Credential credential) throws CertificateException {
        String algorithm =
                switch (credential.key().getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
                    case String other ->
                            throw new CertificateException("no server can use a key of " + other);
                };
        byte[] proof = new byte[PROOF_BYTES];
        random.nextBytes(proof);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(credential.key(), random);
            signature.update(proof);
            byte[] signed = signature.sign();
            signature.initVerify(credential.own().getPublicKey());
            signature.update(proof);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
