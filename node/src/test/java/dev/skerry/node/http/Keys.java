package dev.skerry.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Throwaway keys, each with a certificate that it signed itself, made by the JDK's keytool.
final class Keys {

    private static final char[] PASSWORD = "throwaway".toCharArray();

    private final Path folder;

    Keys(Path folder, String... names) throws IOException, InterruptedException {
        this.folder = folder;
        Process[] tools = new Process[names.length];
        for (int i = 0; i < names.length; i++) {
            tools[i] = make(names[i]);
        }
        for (Process tool : tools) {
            if (tool.waitFor() != 0) {
                throw new IOException(
                        new String(
                                tool.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private Process make(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "it",
                        "-dname",
                        "O=Skerry, CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-keystore",
                        file(name).toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
    }

    private Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    /// What somebody is who has this key, and trusts these.
    ///
    /// @param name empty for nobody
    SSLContext context(String name, String... trusted) {
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(name.isEmpty() ? empty() : load(name), PASSWORD);
            KeyStore known = empty();
            for (String other : List.of(trusted)) {
                known.setCertificateEntry(other, load(other).getCertificate("it"));
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name))) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
