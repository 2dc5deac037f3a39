package dev.skerry.node.identity;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/// A request for a certificate (PKCS#10): a public key, and proof that who asks has the private one. What else it says is
/// not believed.
///
/// @param key on P-256, and a point of that curve
record Request(SubjectPublicKeyInfo key) {

    static final String PEM_TYPE = "CERTIFICATE REQUEST";

    private static final int CHARACTERS_MAX = 4096;

    static PemObject of(KeyPair pair, String name, SecureRandom random) {
        try {
            return new PemObject(
                    PEM_TYPE,
                    new PKCS10CertificationRequestBuilder(
                                    new X500Name("CN=" + name),
                                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                            .build(Keys.signer(pair.getPrivate(), random))
                            .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a request made here is well-formed", e);
        }
    }

    /// @param pem as it came from somebody who is not known yet
    /// @throws IdentityException of kind REQUEST if it is not acceptable
    static Request read(String pem) {
        if (pem.length() > CHARACTERS_MAX) {
            throw refused("it is longer than " + CHARACTERS_MAX + " characters", null);
        }
        try {
            List<PemObject> blocks = Pem.blocks(pem);
            if (blocks.size() != 1 || !blocks.getFirst().getType().equals(PEM_TYPE)) {
                throw refused("it is not one block " + PEM_TYPE + " in PEM", null);
            }
            return read(blocks.getFirst());
        } catch (CertificateException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    /// @throws IdentityException of kind REQUEST if it is not acceptable
    static Request read(PemObject block) {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(block.getContent());
            SubjectPublicKeyInfo key = request.getSubjectPublicKeyInfo();
            if (!key.getAlgorithm()
                    .equals(
                            new AlgorithmIdentifier(
                                    X9ObjectIdentifiers.id_ecPublicKey,
                                    SECObjectIdentifiers.secp256r1))) {
                throw refused("its key is not EC on the curve P-256", null);
            }
            if (!request.isSignatureValid(
                    new BcECContentVerifierProviderBuilder(
                                    new DefaultDigestAlgorithmIdentifierFinder())
                            .build(PublicKeyFactory.createKey(key)))) {
                throw refused("it is not signed with its own key", null);
            }
            return new Request(key);
        } catch (IOException
                | PKCSException
                | OperatorCreationException
                | IllegalArgumentException
                | IllegalStateException e) {
            throw refused("it is malformed: " + e.getMessage(), e);
        }
    }

    /// As a public key encodes itself.
    byte[] encodedKey() {
        try {
            return key.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a key was made from its encoded form", e);
        }
    }

    private static IdentityException refused(String why, @Nullable Exception cause) {
        return new IdentityException(
                Kind.REQUEST,
                "the request for a certificate is refused: " + why,
                "send a PKCS#10 request in PEM for an EC key on P-256",
                false,
                cause);
    }
}
