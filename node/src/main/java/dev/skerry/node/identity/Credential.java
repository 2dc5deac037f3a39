package dev.skerry.node.identity;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/// A private key and the certificates that speak for it: its own first, the authority's last. One text in PEM, so that a
/// file has both or neither.
record Credential(PrivateKey key, List<X509Certificate> chain) {

    X509Certificate own() {
        return chain.getFirst();
    }

    X509Certificate authority() {
        return chain.getLast();
    }

    String toPem() {
        List<PemObject> blocks = new ArrayList<>();
        blocks.add(Keys.block(key));
        blocks.addAll(Certificates.blocks(chain));
        return Pem.text(blocks);
    }

    static Credential fromPem(String text) throws CertificateException {
        List<PemObject> blocks = Pem.blocks(text);
        if (blocks.size() < 2) {
            throw new CertificateException("it holds no key with a certificate");
        }
        return new Credential(
                Keys.key(blocks.getFirst()), Certificates.chain(blocks.subList(1, blocks.size())));
    }
}
