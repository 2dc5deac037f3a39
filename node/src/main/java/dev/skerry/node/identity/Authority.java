package dev.skerry.node.identity;

import static java.util.stream.Collectors.joining;

import dev.skerry.node.identity.IdentityException.Kind;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// HQ's own certificate authority: says who is a store of this chain, and shows stores that this is HQ. Its key is made once;
/// if it is lost all stores have to join again, so a second one is never made beside the traces of a first.
///
/// Files in `identity/`: `authority.pem` (its key and certificate) is written first, `server.pem` (key and chain of HQ's
/// server) after it. A crash between them leaves an authority whose server certificate is made at the next start.
///
/// Any thread may call; only [#serverTls] one at a time.
public final class Authority {

    /// Longer than the hardware of a chain lives. To replace an authority, all stores join again.
    public static final Duration AUTHORITY_LIFETIME = Duration.ofDays(20 * 365 + 5);

    public static final Duration SERVER_LIFETIME = Duration.ofDays(2 * 365);

    /// Issued again when less than this is left, so that a store whose clock runs ahead by months still takes it.
    public static final Duration SERVER_LEFT_MIN = Duration.ofDays(365);

    /// A store renews once a third has passed, at day 60 of 180, and then still has 120 days. It can fail to renew for 30
    /// days (HQ is down, nobody looks) and has 90 left to work without a line, whenever that is cut.
    public static final Duration STORE_LIFETIME = Duration.ofDays(180);

    /// A clock that stands earlier than this program was written is wrong.
    private static final Instant CLOCK_MIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final String AUTHORITY = "authority.pem";
    private static final String SERVER = "server.pem";

    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int NAME_SYMBOLS = 6;

    private final IdentityFolder folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Issuer issuer;
    private volatile Credential server;

    /// The authority in HQ's data folder. Is made if there is none.
    ///
    /// @throws IdentityException if its files cannot be read or written, are damaged, or are there only in part
    public static Authority open(Path data, InstantSource clock, SecureRandom random) {
        return new Authority(IdentityFolder.in(data), clock, random);
    }

    private Authority(IdentityFolder folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.issuer =
                new Issuer(folder.read(AUTHORITY).map(this::read).orElseGet(this::create), random);
        this.server = folder.read(SERVER).map(this::readServer).orElseGet(this::createServer);
    }

    /// The authority's certificate: what stores pin.
    public X509Certificate certificate() {
        return issuer.authority().own();
    }

    /// SHA-256 of that, 64 hexadecimal digits.
    public String fingerprint() {
        return Certificates.fingerprint(certificate());
    }

    /// A token with a new secret. Keep its [JoinToken#secretHash], and accept it once: once for each public key, so that a
    /// store that never got the answer may ask again.
    public JoinToken joinToken(StoreId store) {
        return JoinToken.fresh(store, certificate(), random);
    }

    /// Issues a store's certificate. Whether that store may have one is the caller's to know; of the request only the public
    /// key is taken.
    ///
    /// @param request PKCS#10 in PEM, from anybody
    /// @return the store's certificate and the authority's
    /// @throws IdentityException of kind REQUEST if it is not acceptable, CLOCK if HQ does not know the time
    public List<X509Certificate> issue(StoreId store, String request) {
        return issuer.issue(
                Role.STORE,
                store.node(),
                new GeneralName(
                        GeneralName.uniformResourceIdentifier, "urn:skerry:store:" + store.text()),
                Request.read(request).key(),
                now(),
                STORE_LIFETIME);
    }

    /// HQ's end of all connections with stores: shows that it is HQ, trusts this authority's stores. Uses a new server
    /// certificate if that is due. Keep the answer until then: each call begins without sessions that could be resumed.
    public Tls serverTls(Tls.ClientCertificate asks) {
        if (!clock.instant().isBefore(reissueDue())) {
            server = createServer();
        }
        return Tls.of(
                server, Trust.in(certificate(), Role.STORE, clock, Instant.EPOCH), asks, random);
    }

    /// When to call [#serverTls] again and use its answer for new connections. There is a year for it.
    public Instant reissueDue() {
        return server.own().getNotAfter().toInstant().minus(SERVER_LEFT_MIN);
    }

    private Credential read(String text) {
        try {
            return Credential.fromPem(text);
        } catch (CertificateException e) {
            throw folder.damaged(
                    AUTHORITY,
                    "bring it back from a backup; without it every store has to join again",
                    e);
        }
    }

    private Credential create() {
        if (folder.read(SERVER).isPresent()) {
            throw new IdentityException(
                    Kind.DAMAGED,
                    folder.path(AUTHORITY)
                            + " is gone, and with it the key with which HQ signs for its stores",
                    "bring it back from a backup; or delete the folder, and let every store join again",
                    false,
                    null);
        }
        Instant now = clock.instant();
        if (now.isBefore(CLOCK_MIN)) {
            throw wrongClock(now, CLOCK_MIN);
        }
        String name =
                random.ints(NAME_SYMBOLS, 0, SYMBOLS.length())
                        .mapToObj(i -> SYMBOLS.substring(i, i + 1))
                        .collect(joining());
        Credential made = Issuer.selfSigned("Skerry HQ " + name, now, AUTHORITY_LIFETIME, random);
        folder.write(AUTHORITY, made.toPem());
        return made;
    }

    private Credential readServer(String text) {
        try {
            Credential read = Credential.fromPem(text);
            if (!read.authority().equals(certificate())) {
                throw new CertificateException("it is from another authority");
            }
            return read;
        } catch (CertificateException e) {
            throw folder.damaged(SERVER, "delete this file; it is made anew at the next start", e);
        }
    }

    private Credential createServer() {
        KeyPair pair = Keys.fresh(random);
        Credential made =
                new Credential(
                        pair.getPrivate(),
                        issuer.issue(
                                Role.HQ,
                                Role.HQ_NAME,
                                new GeneralName(GeneralName.dNSName, Role.HQ_NAME),
                                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                                now(),
                                SERVER_LIFETIME));
        folder.write(SERVER, made.toPem());
        return made;
    }

    /// A certificate issued by a clock that is years behind would have ended before it began, for everybody else.
    private Instant now() {
        Instant now = clock.instant();
        Instant made = certificate().getNotBefore().toInstant();
        if (now.isBefore(made)) {
            throw wrongClock(now, made);
        }
        return now;
    }

    private static IdentityException wrongClock(Instant now, Instant passed) {
        return new IdentityException(
                Kind.CLOCK,
                "the clock of HQ says " + now + ", but " + passed + " has passed already",
                "set the clock and start again",
                false,
                null);
    }
}
