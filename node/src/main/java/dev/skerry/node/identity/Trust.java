package dev.skerry.node.identity;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts a peer that has a certificate of one authority, for one role, in time; and nobody else.
///
/// Host names are not checked. They would say that HQ is at the address that was dialled; what counts is that it is HQ, and
/// the authority is private and issues certificates of this role to HQ only. So HQ may move, be reached through a proxy or
/// by its bare address, and needs no new certificate for it.
///
/// A certificate that is not valid *yet* is trusted: the authority itself has signed that this moment had come, so it is our
/// clock that is wrong (1970 after a dead CMOS battery), and a store must reach HQ to learn the time. For the same reason
/// "now" is never before the newest moment of which we hold such proof. A clock that runs ahead is not overruled: nothing
/// proves it wrong.
final class Trust extends X509ExtendedTrustManager {

    /// Finds the authority to trust among what the peer has sent, or knows it already.
    @FunctionalInterface
    interface Anchor {
        X509Certificate among(List<X509Certificate> chain) throws CertificateException;
    }

    private final Anchor anchor;
    private final List<X509Certificate> issuers;
    private final Role peer;
    private final InstantSource clock;
    private final Instant proven;

    /// @param proven a moment that is known to have passed
    private Trust(
            Anchor anchor,
            List<X509Certificate> issuers,
            Role peer,
            InstantSource clock,
            Instant proven) {
        this.anchor = anchor;
        this.issuers = issuers;
        this.peer = peer;
        this.clock = clock;
        this.proven = proven;
    }

    static Trust in(X509Certificate authority, Role peer, InstantSource clock, Instant proven) {
        return new Trust(_ -> authority, List.of(authority), peer, clock, proven);
    }

    /// Trusts HQ whose authority, which HQ sends along, has the token's fingerprint.
    static Trust pinned(JoinToken token, InstantSource clock) {
        return new Trust(token::authorityAmong, List.of(), Role.HQ, clock, Instant.EPOCH);
    }

    /// @throws CertificateException if the authority did not issue the certificate for this role, or its time is over
    static void check(X509Certificate own, X509Certificate authority, Role role, Instant now)
            throws CertificateException {
        String name = own.getSubjectX500Principal().getName();
        if (!role.names(own) || !List.of(role.purpose()).equals(own.getExtendedKeyUsage())) {
            throw new CertificateException(name + " has no certificate of a " + role);
        }
        try {
            PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            rules.setRevocationEnabled(false);
            rules.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(own)),
                            rules);
        } catch (CertPathValidatorException e) {
            throw new CertificateException(
                    e.getReason() == BasicReason.EXPIRED
                            ? "the certificate of %s ended at %s, and here it is %s"
                                    .formatted(name, own.getNotAfter().toInstant(), now)
                            : "the certificate of %s is not from the authority %s, which has the fingerprint %s"
                                    .formatted(
                                            name,
                                            authority.getSubjectX500Principal().getName(),
                                            Certificates.fingerprint(authority)),
                    e);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate of " + name + " is malformed", e);
        }
    }

    private void check(Role role, X509Certificate[] sent) throws CertificateException {
        if (role != peer) {
            throw new CertificateException("this end talks to no " + role);
        }
        List<X509Certificate> chain = List.of(sent);
        X509Certificate own = chain.getFirst();
        Instant now =
                Stream.of(clock.instant(), proven, own.getNotBefore().toInstant())
                        .max(Instant::compareTo)
                        .orElseThrow();
        check(own, anchor.among(chain), role, now);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(Role.STORE, chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(Role.STORE, chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(Role.STORE, chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(Role.HQ, chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(Role.HQ, chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(Role.HQ, chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.toArray(new X509Certificate[0]);
    }
}
