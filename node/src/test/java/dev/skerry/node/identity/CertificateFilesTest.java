package dev.skerry.node.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A certificate and key that an operator's own tools put in files.
class CertificateFilesTest {

    @TempDir private Path folder;

    private final SecureRandom random = new SecureRandom();
    private Path chain;
    private Path key;

    @BeforeEach
    void files() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    private Credential fresh() {
        return Issuer.selfSigned("pos.example", MovedClock.START, Duration.ofDays(90), random);
    }

    private void put(Credential credential) throws IOException {
        Files.writeString(chain, Certificates.toPem(credential.chain()));
        Files.writeString(key, Pem.text(List.of(Keys.block(credential.key()))));
    }

    private CertificateFiles open() {
        return CertificateFiles.open(chain, key, random);
    }

    private String refused() {
        return assertThrows(IdentityException.class, this::open).getMessage();
    }

    @Test
    void they_are_shown_as_they_are() throws IOException {
        Credential credential = fresh();
        put(credential);
        CertificateFiles files = open();
        assertEquals(credential.chain(), files.shown().chain());
        assertTrue(files.root().isEmpty());
        assertFalse(files.look());
    }

    @Test
    void what_replaces_them_is_shown_while_the_store_runs() throws IOException {
        put(fresh());
        CertificateFiles files = open();
        Credential next = fresh();
        put(next);
        assertTrue(files.look());
        assertEquals(next.chain(), files.shown().chain());
        assertFalse(files.look());
    }

    @Test
    void while_only_one_of_them_is_replaced_the_old_ones_are_shown() throws IOException {
        Credential before = fresh();
        put(before);
        CertificateFiles files = open();
        Credential next = fresh();
        Files.writeString(chain, Certificates.toPem(next.chain()));
        String why = assertThrows(IdentityException.class, files::look).getMessage();
        assertTrue(why.contains("its key is another"), why);
        assertEquals(before.chain(), files.shown().chain());
        put(next);
        assertTrue(files.look());
    }

    @Test
    void files_that_have_gone_are_told_and_the_old_ones_shown() throws IOException {
        Credential before = fresh();
        put(before);
        CertificateFiles files = open();
        Files.delete(key);
        assertThrows(IdentityException.class, files::look);
        assertEquals(before.chain(), files.shown().chain());
    }

    @Test
    void what_cannot_be_used_is_told() throws IOException {
        assertTrue(refused().contains("cannot read"), refused());
        put(fresh());
        Files.writeString(key, "-----BEGIN nothing");
        assertTrue(refused().contains("no key that is not encrypted"), refused());
        put(fresh());
        Files.writeString(chain, Files.readString(key));
        assertTrue(refused().contains("it holds a PRIVATE KEY"), refused());
        put(fresh());
        Files.writeString(chain, "x".repeat(100_000));
        assertTrue(refused().contains("65536"), refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void keys_as_the_usual_tools_write_them_are_read(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            // Too short to use, and soon made.
            generator.initialize(1024);
        }
        KeyPair pair = generator.generateKeyPair();
        write(chain, certificate(pair, algorithm));
        write(key, algorithm.equals("Ed25519") ? pair.getPrivate() : pair);
        assertNotEquals(List.of(), open().shown().chain());
    }

    @Test
    void so_are_those_of_openssl_with_their_curve_before_them() throws Exception {
        KeyPair pair = Keys.fresh(random);
        write(chain, certificate(pair, "EC"));
        ASN1ObjectIdentifier curve = SECObjectIdentifiers.secp256r1;
        List<PemObject> blocks =
                List.of(
                        new PemObject("EC PARAMETERS", curve.getEncoded()),
                        new PemObject(
                                "EC PRIVATE KEY",
                                new ECPrivateKey(
                                                256,
                                                ((java.security.interfaces.ECPrivateKey)
                                                                pair.getPrivate())
                                                        .getS(),
                                                curve)
                                        .getEncoded()));
        Files.writeString(key, Pem.text(blocks));
        assertNotEquals(List.of(), open().shown().chain());
    }

    @Test
    void an_encrypted_key_is_refused() throws Exception {
        write(chain, certificate(Keys.fresh(random), "EC"));
        write(
                key,
                new PemObject(
                        "ENCRYPTED PRIVATE KEY",
                        new EncryptedPrivateKeyInfo(
                                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2),
                                        new byte[64])
                                .getEncoded()));
        assertTrue(refused().contains("no key that is not encrypted"), refused());
    }

    private static X509Certificate certificate(KeyPair pair, String algorithm) throws Exception {
        X500Name name = new X500Name("CN=pos.example");
        String signing = algorithm.equals("Ed25519") ? algorithm : "SHA256with" + algorithm;
        return new JcaX509CertificateConverter()
                .getCertificate(
                        new X509v3CertificateBuilder(
                                        name,
                                        BigInteger.ONE,
                                        Date.from(MovedClock.START),
                                        Date.from(MovedClock.START.plus(Duration.ofDays(9))),
                                        name,
                                        SubjectPublicKeyInfo.getInstance(
                                                pair.getPublic().getEncoded()))
                                .build(
                                        new JcaContentSignerBuilder(
                                                        signing.replace("withEC", "withECDSA"))
                                                .build(pair.getPrivate())));
    }

    private static void write(Path file, Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        Files.writeString(file, text.toString());
    }
}
