package dev.skerry.node.identity;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The certificate that a server shows to devices, which show none. It changes while the server runs. One thread looks; any asks
/// for what is shown.
public sealed interface ServerCertificate permits StoreAuthority, CertificateFiles {

    /// What a server shows now.
    ///
    /// @param context for sockets and engines; speaks TLS 1.3 and 1.2
    /// @param chain the server's own certificate first
    record Shown(SSLContext context, List<X509Certificate> chain) {

        static Shown of(Credential credential, SecureRandom random) {
            try {
                SSLContext context = SSLContext.getInstance("TLSv1.3");
                context.init(
                        new KeyManager[] {new Presenter(credential)}, new TrustManager[0], random);
                return new Shown(context, credential.chain());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java speaks TLS 1.3", e);
            }
        }

        public X509Certificate own() {
            return chain.getFirst();
        }
    }

    Shown shown();

    /// Finds out whether another certificate is to be shown from now on, and has it shown.
    ///
    /// @return whether it is another one
    /// @throws IdentityException if another one is due and cannot be had; the one before stays
    boolean look();

    /// The root of an authority of the store's own, for devices to trust; empty if the certificate is from elsewhere.
    Optional<X509Certificate> root();
}
