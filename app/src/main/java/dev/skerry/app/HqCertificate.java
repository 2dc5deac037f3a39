package dev.skerry.app;

import dev.skerry.node.identity.Authority;
import dev.skerry.node.identity.Tls;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/// HQ's own certificate, issued anew in time, also by an HQ that runs for years. Connections that are open keep the one they
/// began with.
final class HqCertificate implements Steps {

    private final Authority authority;
    private final InstantSource clock;
    private volatile Tls tls;

    HqCertificate(Authority authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
        this.tls = authority.serverTls(Tls.ClientCertificate.WANTED);
    }

    /// For the next connection. Any thread.
    SSLContext context() {
        return tls.context();
    }

    @Override
    public String name() {
        return "HQ's certificate";
    }

    @Override
    public Step step() {
        if (!clock.instant().isBefore(authority.reissueDue())) {
            tls = authority.serverTls(Tls.ClientCertificate.WANTED);
        }
        return new Step.CaughtUp(0);
    }

    /// Looks for itself.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
