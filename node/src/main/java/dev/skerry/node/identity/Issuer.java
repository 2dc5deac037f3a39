package dev.skerry.node.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/// Makes certificates with an authority's key. Decides nothing about who may have one.
///
/// @param authority its own certificate is its chain
record Issuer(Credential authority, SecureRandom random) {

    /// A node whose clock is a little behind must not see a certificate from the future.
    static final Duration BACKDATED = Duration.ofHours(1);

    private static final int SERIAL_BITS = 128;

    /// A new authority, which has signed itself.
    static Credential selfSigned(String name, Instant now, Duration lifetime, SecureRandom random) {
        KeyPair pair = Keys.fresh(random);
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        X500Name subject = new X500Name("CN=" + name);
        try {
            X509v3CertificateBuilder form =
                    form(subject, subject, key, now.minus(BACKDATED), now.plus(lifetime), random)
                            // Issues certificates of nodes, and no further authorities.
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            X509Certificate own =
                    new JcaX509CertificateConverter()
                            .getCertificate(form.build(Keys.signer(pair.getPrivate(), random)));
            return new Credential(pair.getPrivate(), List.of(own));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate made here is well-formed", e);
        }
    }

    /// A certificate and the authority's. It ends with the authority's at the latest.
    List<X509Certificate> issue(
            Role role,
            String name,
            GeneralName alternative,
            SubjectPublicKeyInfo key,
            Instant now,
            Duration lifetime) {
        return issue(
                role.purpose(),
                name,
                new GeneralNames(alternative),
                key,
                now.minus(BACKDATED),
                now.plus(lifetime));
    }

    /// The same, for a purpose (an extended key usage), under several names, from one moment to another.
    List<X509Certificate> issue(
            String purpose,
            String name,
            GeneralNames alternatives,
            SubjectPublicKeyInfo key,
            Instant from,
            Instant end) {
        Instant last = authority.own().getNotAfter().toInstant();
        try {
            X500Name issuer =
                    X500Name.getInstance(authority.own().getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder form =
                    form(
                                    issuer,
                                    new X500Name("CN=" + name),
                                    key,
                                    from,
                                    end.isBefore(last) ? end : last,
                                    random)
                            .addExtension(
                                    Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(
                                    Extension.extendedKeyUsage,
                                    true,
                                    new ExtendedKeyUsage(
                                            KeyPurposeId.getInstance(
                                                    new ASN1ObjectIdentifier(purpose))))
                            .addExtension(Extension.subjectAlternativeName, false, alternatives)
                            .addExtension(
                                    Extension.authorityKeyIdentifier,
                                    false,
                                    new BcX509ExtensionUtils()
                                            .createAuthorityKeyIdentifier(
                                                    SubjectPublicKeyInfo.getInstance(
                                                            authority
                                                                    .own()
                                                                    .getPublicKey()
                                                                    .getEncoded())));
            X509Certificate own =
                    new JcaX509CertificateConverter()
                            .getCertificate(form.build(Keys.signer(authority.key(), random)));
            return List.of(own, authority.own());
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate made here is well-formed", e);
        }
    }

    private static X509v3CertificateBuilder form(
            X500Name issuer,
            X500Name subject,
            SubjectPublicKeyInfo key,
            Instant from,
            Instant end,
            SecureRandom random)
            throws CertIOException {
        return new X509v3CertificateBuilder(
                        issuer,
                        new BigInteger(SERIAL_BITS, random),
                        Date.from(from),
                        Date.from(end),
                        subject,
                        key)
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new BcX509ExtensionUtils().createSubjectKeyIdentifier(key));
    }
}
