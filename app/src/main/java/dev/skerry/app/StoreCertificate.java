package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.HTTP_HOST;
import static dev.skerry.node.config.NodeSettings.HTTP_TLS;
import static dev.skerry.node.config.NodeSettings.HTTP_TLS_CERTIFICATE;
import static dev.skerry.node.config.NodeSettings.HTTP_TLS_KEY;
import static dev.skerry.node.config.NodeSettings.HTTP_TLS_NAMES;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.identity.CertificateFiles;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.ServerCertificate;
import dev.skerry.node.identity.StoreAuthority;
import dev.skerry.node.identity.StoreId;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The certificate that a store shows to the devices of its shop: renewed, or read again, while it runs. Connections that are open keep
/// the one they began with.
final class StoreCertificate implements Steps {

    private static final Logger LOG = System.getLogger(StoreCertificate.class.getName());

    /// The root that devices are to trust: a file in the data folder, and where a device finds it.
    static final String ROOT = "store-ca.pem";

    private static final String OWN = "own";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// When less is left of a certificate that somebody else has to renew, they are told.
    private static final Duration LEFT_MIN = Duration.ofDays(14);

    private final ServerCertificate certificate;
    private final InstantSource clock;
    private Consumer<X509Certificate> told = _ -> {};
    private Instant next = Instant.MIN;

    /// As the settings say; empty if the store speaks plain HTTP.
    ///
    /// @throws CannotStart if the settings contradict each other
    /// @throws IdentityException if there is no certificate that can be used
    static Optional<StoreCertificate> of(
            Path data,
            StoreId store,
            Configuration configuration,
            InstantSource clock,
            SecureRandom random) {
        Listening listening = new Listening(configuration.value(HTTP_HOST));
        String wanted = configuration.value(HTTP_TLS);
        boolean own = requireBothOrNone(configuration);
        Set<String> more = names(configuration);
        if (wanted.equals("off") || (wanted.equals("auto") && listening.loopback())) {
            return Optional.empty();
        }
        ServerCertificate shown =
                own
                        ? StoreAuthority.open(
                                data, store, () -> joined(listening.names(), more), clock, random)
                        : CertificateFiles.open(
                                Path.of(configuration.value(HTTP_TLS_CERTIFICATE)),
                                Path.of(configuration.value(HTTP_TLS_KEY)),
                                random);
        StoreCertificate certificate = new StoreCertificate(shown, clock);
        shown.root().ifPresent(root -> handOut(root, data.resolve(ROOT)));
        return Optional.of(certificate);
    }

    private StoreCertificate(ServerCertificate certificate, InstantSource clock) {
        this.certificate = certificate;
        this.clock = clock;
    }

    private static boolean requireBothOrNone(Configuration configuration) {
        boolean own = configuration.value(HTTP_TLS_CERTIFICATE).equals(OWN);
        if (own != configuration.value(HTTP_TLS_KEY).equals(OWN)) {
            throw new CannotStart(
                    HTTP_TLS_CERTIFICATE.key() + " and " + HTTP_TLS_KEY.key() + " go together",
                    "set both to files, or neither");
        }
        return own;
    }

    private static Set<String> names(Configuration configuration) {
        String names = configuration.value(HTTP_TLS_NAMES);
        if (names.equals("none")) {
            return Set.of();
        }
        Set<String> all = new TreeSet<>(List.of(names.split(",", -1)));
        for (String name : all) {
            if (!Listening.isNameOrAddress(name)) {
                throw new CannotStart(
                        "%s: %s is neither a host name nor an address"
                                .formatted(HTTP_TLS_NAMES.key(), name),
                        "mend the setting");
            }
        }
        return all;
    }

    private static Set<String> joined(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static void handOut(X509Certificate root, Path file) {
        String text = Certificates.toPem(List.of(root));
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                Path written = file.resolveSibling(file.getFileName() + ".new");
                Files.writeString(written, text);
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Has a listener show it, and hand out the root.
    void addTo(HttpSetup setup) {
        setup.tlsForDevices(() -> certificate.shown().context());
        certificate
                .root()
                .ifPresent(
                        root -> setup.route("GET", "/" + ROOT, request -> answer(request, root)));
    }

    private static void answer(Request request, X509Certificate root) throws IOException {
        request.answer(
                200,
                Map.of("Content-Type", "application/x-x509-ca-cert"),
                Bytes.of(Certificates.toPem(List.of(root))));
    }

    /// Tells of the certificate that is shown: now, and whenever it is another one, by the thread that steps. To be called before that.
    void tell(Consumer<X509Certificate> listener) {
        told = listener;
        listener.accept(certificate.shown().own());
    }

    /// The root of the store's own authority; empty if its certificate is from elsewhere.
    Optional<X509Certificate> root() {
        return certificate.root();
    }

    @Override
    public String name() {
        return "the store's certificate for its devices";
    }

    @Override
    public Step step() {
        Instant now = clock.instant();
        // Where the clock was set back, nobody waits until it is there again.
        if (now.isBefore(next) && !next.isAfter(now.plus(LOOK_EVERY))) {
            return new Step.CaughtUp(0);
        }
        next = now.plus(LOOK_EVERY);
        try {
            if (certificate.look()) {
                X509Certificate own = certificate.shown().own();
                told.accept(own);
                LOG.log(
                        Level.INFO,
                        "certificate=new until=%s fingerprint=%s"
                                .formatted(
                                        own.getNotAfter().toInstant(),
                                        Certificates.fingerprint(own)));
                return new Step.Moved(0, 1);
            }
        } catch (IdentityException e) {
            return new Step.Hindered(e.getMessage());
        }
        Instant ends = certificate.shown().own().getNotAfter().toInstant();
        return now.isAfter(ends.minus(LEFT_MIN))
                ? new Step.Hindered(
                        "the certificate that devices are shown ends at " + ends + ": renew it")
                : new Step.CaughtUp(0);
    }

    /// Looks for itself.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
