package dev.skerry.node.identity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts the server that shows one certificate, whatever its name and its dates, and no other: for a program that has got the
/// certificate in a way that it trusts.
public final class Pinned extends X509ExtendedTrustManager {

    private final X509Certificate certificate;

    private Pinned(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /// For clients; host names need not be checked.
    public static SSLContext context(X509Certificate certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[0], new TrustManager[] {new Pinned(certificate)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java speaks TLS 1.3", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (!chain[0].equals(certificate)) {
            throw new CertificateException(
                    "the server shows another certificate, with the fingerprint "
                            + Certificates.fingerprint(chain[0]));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    /// @throws CertificateException always: this is for clients
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    /// @throws CertificateException as above
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    /// @throws CertificateException as above
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("this end is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
