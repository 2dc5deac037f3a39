package dev.skerry.node.identity;

import dev.skerry.node.identity.IdentityException.Kind;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/// A store's key and certificate. The key is made here and never leaves; a store that has joined keeps a working identity
/// through any crash.
///
/// ```
///  nothing ──begin──► pending.pem ──complete(token)──► store.pem
///                          store.pem ──begin──► store.pem + pending.pem ──complete──► store.pem (the new one)
/// ```
///
/// Files in `identity/`: `pending.pem` is a new key and the request for its certificate, and stays until the answer has come,
/// however often that takes; `store.pem` is the key and chain in use, replaced as one. A crash before `pending.pem` is
/// deleted leaves two files with the same key, which the next start notices.
///
/// Any thread may call; only `begin` and `complete` one at a time.
public final class StoreIdentity {

    private static final String STORE = "store.pem";
    private static final String PENDING = "pending.pem";

    private final IdentityFolder folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile @Nullable Credential current;

    /// A private key, and the request for its certificate.
    private record Pending(PrivateKey key, PemObject request) {

        boolean isFor(X509Certificate certificate) {
            return Arrays.equals(
                    certificate.getPublicKey().getEncoded(), Request.read(request).encodedKey());
        }
    }

    /// The identity in a store's data folder, or the place for one.
    ///
    /// @throws IdentityException if its files cannot be read, or are damaged
    public static StoreIdentity open(Path data, InstantSource clock, SecureRandom random) {
        return new StoreIdentity(IdentityFolder.in(data), clock, random);
    }

    private StoreIdentity(IdentityFolder folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        Credential read = folder.read(STORE).map(text -> read(folder, text)).orElse(null);
        this.current = read;
        if (read != null && pending().filter(it -> it.isFor(read.own())).isPresent()) {
            folder.delete(PENDING);
        }
    }

    /// The store that this machine has joined as; empty if it has not.
    public Optional<StoreId> store() {
        return Optional.ofNullable(current).flatMap(it -> StoreId.of(it.own()));
    }

    /// The certificate in use.
    ///
    /// @throws IdentityException of kind NOT_ENROLLED if there is none, as of all methods below
    public X509Certificate certificate() {
        return enrolled().own();
    }

    /// The end of the certificate in use. After that HQ does not talk to this store until it joins again; the store sells on.
    public Instant validUntil() {
        return certificate().getNotAfter().toInstant();
    }

    /// Whether a third of the certificate's time has passed. [Authority#STORE_LIFETIME] says why so early.
    ///
    /// @param now as HQ has it, if that is known: a clock of a store may be years behind
    public boolean renewalDue(Instant now) {
        Instant start = certificate().getNotBefore().toInstant();
        Duration third = Duration.between(start, validUntil()).dividedBy(3);
        return !now.isBefore(start.plus(third));
    }

    /// Whether the certificate has ended, so that only a new token helps.
    ///
    /// @param now as HQ has it, if that is known
    public boolean expired(Instant now) {
        return now.isAfter(validUntil());
    }

    /// The store's end of its connections with HQ: shows the certificate in use, trusts HQ and nobody else. Ask for another
    /// one after a renewal.
    public Tls hqTls() {
        Credential own = enrolled();
        return Tls.of(
                own,
                Trust.in(own.authority(), Role.HQ, clock, own.own().getNotBefore().toInstant()),
                Tls.ClientCertificate.NONE,
                random);
    }

    /// The end of a connection over which to join: shows no certificate, and trusts the HQ that made the token and nobody
    /// else, so the token's secret can be sent over it.
    public Tls enrolmentTls(JoinToken token) {
        return Tls.of(null, Trust.pinned(token, clock), Tls.ClientCertificate.NONE, random);
    }

    /// What to ask HQ for a certificate with, in PEM: the same as last time until there was an answer.
    ///
    /// @throws IdentityException of kind TOKEN if this machine has joined as another store
    public String begin(StoreId store) {
        store().filter(it -> !it.equals(store))
                .ifPresent(it -> {
                    throw new IdentityException(
                            Kind.TOKEN,
                            "this machine is the server of store " + it + ", not of store " + store,
                            "use a token for store " + it + ", or another data folder",
                            false,
                            null);
                });
        return Pem.text(List.of(pending().orElseGet(() -> create(store)).request()));
    }

    /// Takes what HQ answered to a join: the store's certificate and its authority's. Joining again, with another HQ too,
    /// replaces the identity in use.
    ///
    /// @throws IdentityException of kind CERTIFICATE if it is not from the token's HQ, for its store and for our key
    public void complete(JoinToken token, List<X509Certificate> chain) {
        try {
            replace(token.store(), token.authorityAmong(chain), chain.getFirst());
        } catch (CertificateException e) {
            throw refused(e);
        }
    }

    /// Takes what HQ answered to a renewal.
    ///
    /// @throws IdentityException of kind CERTIFICATE if it is not from the same authority, for the same store, for our new
    ///     key, and good for longer than the one in use
    public void complete(List<X509Certificate> chain) {
        Credential before = enrolled();
        X509Certificate own = chain.getFirst();
        try {
            if (own.getNotAfter().toInstant().isBefore(validUntil())) {
                throw new CertificateException(
                        "it ends before the one in use, is HQ's clock right?");
            }
            replace(StoreId.of(before.own()).orElseThrow(), before.authority(), own);
        } catch (CertificateException e) {
            throw refused(e);
        }
    }

    private void replace(StoreId store, X509Certificate authority, X509Certificate own)
            throws CertificateException {
        // HQ made it just now, and HQ has the better clock: only who it is from matters.
        Trust.check(own, authority, Role.STORE, own.getNotBefore().toInstant());
        if (!StoreId.of(own).equals(Optional.of(store))) {
            throw new CertificateException("it is not for store " + store);
        }
        Pending pending =
                pending()
                        .filter(it -> it.isFor(own))
                        .orElseThrow(
                                () -> new CertificateException("it is not for the key asked for"));
        Credential made = new Credential(pending.key(), List.of(own, authority));
        folder.write(STORE, made.toPem());
        current = made;
        folder.delete(PENDING);
    }

    private Credential enrolled() {
        Credential own = current;
        if (own == null) {
            throw new IdentityException(
                    Kind.NOT_ENROLLED,
                    "this machine has not joined HQ yet",
                    "let HQ make a join token for the store, and start with it",
                    false,
                    null);
        }
        return own;
    }

    private Pending create(StoreId store) {
        KeyPair pair = Keys.fresh(random);
        Pending made = new Pending(pair.getPrivate(), Request.of(pair, store.node(), random));
        folder.write(PENDING, Pem.text(List.of(Keys.block(made.key()), made.request())));
        return made;
    }

    private Optional<Pending> pending() {
        return folder.read(PENDING).flatMap(StoreIdentity::readPending);
    }

    /// One that cannot be read counts as none: it is not in use yet, and another costs nothing.
    private static Optional<Pending> readPending(String text) {
        try {
            List<PemObject> blocks = Pem.blocks(text);
            if (blocks.size() != 2) {
                return Optional.empty();
            }
            Request.read(blocks.getLast());
            return Optional.of(new Pending(Keys.key(blocks.getFirst()), blocks.getLast()));
        } catch (CertificateException | IdentityException _) {
            return Optional.empty();
        }
    }

    private static Credential read(IdentityFolder folder, String text) {
        try {
            return Credential.fromPem(text);
        } catch (CertificateException e) {
            throw folder.damaged(
                    STORE,
                    "bring it back from a backup, or delete it and join again with a new token",
                    e);
        }
    }

    private static IdentityException refused(CertificateException cause) {
        return new IdentityException(
                Kind.CERTIFICATE,
                "the certificate that HQ sent is not taken: " + cause.getMessage(),
                "the one in use stays; find out whether the address is really HQ's",
                false,
                cause);
    }
}
