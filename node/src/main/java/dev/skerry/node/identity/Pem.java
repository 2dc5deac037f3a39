package dev.skerry.node.identity;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// The blocks of a text in PEM, in their order.
final class Pem {

    /// A chain with its key has some 2,000.
    static final int CHARACTERS_MAX = 32 * 1024;

    private Pem() {}

    static String text(List<PemObject> blocks) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (PemObject block : blocks) {
                writer.writeObject(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return text.toString();
    }

    static List<PemObject> blocks(String text) throws CertificateException {
        if (text.length() > CHARACTERS_MAX) {
            throw new CertificateException("it has more than " + CHARACTERS_MAX + " characters");
        }
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject block = reader.readPemObject();
                    block != null;
                    block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (IOException | DecoderException e) {
            throw new CertificateException("it is no PEM", e);
        }
        return blocks;
    }
}
