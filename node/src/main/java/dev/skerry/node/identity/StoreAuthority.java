package dev.skerry.node.identity;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A store's own certificate authority: shows the devices of its shop that this is the store's server, with HQ or without. A device
/// that trusts its root trusts every certificate that the server will ever show.
///
/// Files in `identity/`: `shop-authority.pem` (its key and certificate) is written first, `shop-server.pem` (key and chain of the
/// server) after it. The first is kept as long as there are devices that trust it; the second is made anew whenever it does not do.
///
/// A clock that is wrong keeps nobody from selling: the root begins long ago, and a certificate that begins after the time that the
/// clock says now is made anew.
public final class StoreAuthority implements ServerCertificate {

    /// Longer than the devices of a shop live.
    public static final Duration AUTHORITY_LIFETIME = Duration.ofDays(20 * 365 + 5);

    /// Some systems take no server's certificate that is good for longer than 398 days, this and [#BACKDATED] together.
    public static final Duration SERVER_LIFETIME = Duration.ofDays(365);

    /// Issued again when less than this is left, so that a device whose clock runs ahead by months still takes it.
    public static final Duration SERVER_LEFT_MIN = Duration.ofDays(240);

    /// Tills' clocks may be as much behind.
    static final Duration BACKDATED = Duration.ofDays(30);

    /// More names and addresses are left out of a certificate.
    static final int NAMES_MAX = 100;

    /// When this program was written: before it no clock is right.
    private static final Instant CLOCK_MIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final String AUTHORITY = "shop-authority.pem";
    private static final String SERVER = "shop-server.pem";

    /// Of subjectAltName, as the JDK numbers them.
    private static final Set<Integer> KINDS_OF_NAMES =
            Set.of(GeneralName.dNSName, GeneralName.iPAddress);

    private final IdentityFolder folder;
    private final StoreId store;
    private final Supplier<Set<String>> names;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Issuer issuer;
    private volatile Shown shown;

    /// The authority in the store's data folder. Is made if there is none.
    ///
    /// @param names host names and addresses by which devices may call the server now
    /// @throws IdentityException if its files cannot be read or written, or the authority's is damaged
    public static StoreAuthority open(
            Path data,
            StoreId store,
            Supplier<Set<String>> names,
            InstantSource clock,
            SecureRandom random) {
        return new StoreAuthority(IdentityFolder.in(data), store, names, clock, random);
    }

    private StoreAuthority(
            IdentityFolder folder,
            StoreId store,
            Supplier<Set<String>> names,
            InstantSource clock,
            SecureRandom random) {
        this.folder = folder;
        this.store = store;
        this.names = names;
        this.clock = clock;
        this.random = random;
        this.issuer =
                new Issuer(folder.read(AUTHORITY).map(this::read).orElseGet(this::create), random);
        Set<String> now = canonical(names.get());
        this.shown =
                Shown.of(
                        folder.read(SERVER)
                                .flatMap(this::readServer)
                                .filter(it -> does(it.own(), now))
                                .orElseGet(() -> createServer(now)),
                        random);
    }

    @Override
    public Shown shown() {
        return shown;
    }

    @Override
    public Optional<X509Certificate> root() {
        return Optional.of(certificate());
    }

    private X509Certificate certificate() {
        return issuer.authority().own();
    }

    @Override
    public boolean look() {
        Set<String> now = canonical(names.get());
        if (does(shown.own(), now)) {
            return false;
        }
        shown = Shown.of(createServer(now), random);
        return true;
    }

    private boolean does(X509Certificate own, Set<String> wanted) {
        Instant now = clock.instant();
        Instant begins = own.getNotBefore().toInstant();
        Instant ends = own.getNotAfter().toInstant();
        boolean outlivesAuthority = ends.equals(certificate().getNotAfter().toInstant());
        return !now.isBefore(begins)
                && (outlivesAuthority || now.isBefore(ends.minus(SERVER_LEFT_MIN)))
                && names(own).containsAll(wanted);
    }

    private Credential read(String text) {
        try {
            return Credential.fromPem(text);
        } catch (CertificateException e) {
            throw folder.damaged(
                    AUTHORITY,
                    "bring it back from a backup; or delete it, and let every device trust the new one that is made",
                    e);
        }
    }

    private Credential create() {
        Credential made =
                Issuer.selfSigned(
                        "Skerry store " + store.text(),
                        CLOCK_MIN,
                        Duration.between(CLOCK_MIN, now().plus(AUTHORITY_LIFETIME)),
                        random);
        folder.write(AUTHORITY, made.toPem());
        return made;
    }

    /// Empty if it is of no use: another is made.
    private Optional<Credential> readServer(String text) {
        try {
            Credential read = Credential.fromPem(text);
            return Optional.of(read).filter(it -> it.authority().equals(certificate()));
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }

    private Credential createServer(Set<String> wanted) {
        KeyPair pair = Keys.fresh(random);
        Instant now = now();
        Credential made =
                new Credential(
                        pair.getPrivate(),
                        issuer.issue(
                                Role.HQ.purpose(),
                                store.node(),
                                new GeneralNames(
                                        wanted.stream()
                                                .map(StoreAuthority::generalName)
                                                .toArray(GeneralName[]::new)),
                                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                                now.minus(BACKDATED),
                                now.plus(SERVER_LIFETIME)));
        folder.write(SERVER, made.toPem());
        return made;
    }

    private Instant now() {
        Instant now = clock.instant();
        return now.isBefore(CLOCK_MIN) ? CLOCK_MIN : now;
    }

    // ---- names

    private static Set<String> canonical(Set<String> names) {
        TreeSet<String> all = new TreeSet<>();
        names.stream().sorted().limit(NAMES_MAX).map(StoreAuthority::canonical).forEach(all::add);
        return all;
    }

    /// An address in the one form that it is compared in; a name in small letters.
    private static String canonical(String name) {
        return address(name)
                .map(InetAddress::getHostAddress)
                .orElseGet(() -> name.toLowerCase(Locale.ROOT));
    }

    private static Optional<InetAddress> address(String name) {
        try {
            return Optional.of(InetAddress.ofLiteral(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(
                address(name).isPresent() ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static Set<String> names(X509Certificate certificate) {
        TreeSet<String> all = new TreeSet<>();
        try {
            Collection<List<?>> found = certificate.getSubjectAlternativeNames();
            if (found != null) {
                found.stream()
                        .filter(it -> KINDS_OF_NAMES.contains(it.getFirst()))
                        .forEach(it -> all.add(canonical((String) it.getLast())));
            }
        } catch (CertificateParsingException _) {
            // It names nobody, then.
        }
        return all;
    }
}
