package dev.skerry.node.identity;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// One end of a TLS 1.3 connection. Take both: sockets and engines from the context, and the parameters for each of them,
/// since a context alone would speak TLS 1.2 as well. Any thread may use it. A session is resumed for a day at most, without
/// the certificates being checked again; the peer's certificate is known on a resumed one too.
///
/// @param asks what this end, if it is the server, wants to see of its clients
public record Tls(SSLContext context, ClientCertificate asks) {

    /// Whether clients show a certificate. One that is shown must be good in any case.
    public enum ClientCertificate {
        /// Not asked for; on the client's end too.
        NONE,
        /// Asked for; a client without one comes in as nobody, so that it can enrol.
        WANTED,
        /// Without one there is no connection.
        NEEDED
    }

    /// Fresh ones: the caller may add to them.
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        switch (asks) {
            case NONE -> {}
            case WANTED -> parameters.setWantClientAuth(true);
            case NEEDED -> parameters.setNeedClientAuth(true);
        }
        return parameters;
    }

    /// @param own what this end shows; null if it has nothing to show
    static Tls of(
            @Nullable Credential own, Trust trust, ClientCertificate asks, SecureRandom random) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    own == null ? new KeyManager[0] : new KeyManager[] {new Presenter(own)},
                    new TrustManager[] {trust},
                    random);
            return new Tls(context, asks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java speaks TLS 1.3", e);
        }
    }
}
