package dev.skerry.node.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// Private keys, all of them EC P-256: small, fast, and understood by everything that speaks TLS.
final class Keys {

    static final String PEM_TYPE = "PRIVATE KEY";

    private Keys() {}

    static KeyPair fresh(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    static ContentSigner signer(PrivateKey key, SecureRandom random) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java signs with P-256", e);
        }
    }

    static PemObject block(PrivateKey key) {
        return new PemObject(PEM_TYPE, key.getEncoded());
    }

    static PrivateKey key(PemObject block) throws CertificateException {
        if (!block.getType().equals(PEM_TYPE)) {
            throw new CertificateException("it holds a " + block.getType() + " first, and no key");
        }
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(block.getContent()));
        } catch (GeneralSecurityException e) {
            // The cause might quote the key.
            throw new CertificateException("the key in it is no EC key");
        }
    }
}
