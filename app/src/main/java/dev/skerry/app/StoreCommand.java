package dev.skerry.app;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.JoinToken;
import java.io.PrintWriter;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `skerry store`: runs a store until it is told to stop.
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A store. The first start needs --hq and --join, later ones only --data.",
        footer = {
            "",
            "All settings are in docs/configuration.md; DIR/skerry.conf is read if it is there.",
            "Example: ./skerry store --data /var/lib/skerry --hq https://hq.example:4441 --join TOKEN"
        })
final class StoreCommand implements Callable<Integer> {

    @Option(
            names = "--hq",
            paramLabel = "URL",
            description = "Where stores come in at HQ, such as https://hq.example:4441.")
    private @Nullable URI hq;

    @Option(
            names = "--join",
            paramLabel = "TOKEN",
            description = "From ./skerry hq store add. One that has been used here does no harm.")
    private @Nullable String join;

    @Mixin private NodeOptions options;

    @Spec private CommandSpec spec;

    StoreCommand() {
        // picocli fills these in before anything runs.
        options = new NodeOptions();
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Configuration configuration = options.load(NodeSettings.SCHEMA, StoreServer.PORT);
        StoreServer server =
                StoreServer.start(options.data(), configuration, invitation(), System.getenv());
        Stopping stopping = new Stopping(server, out);
        Membership member = server.member();
        configuration.lines().forEach(out::println);
        out.println();
        out.println(
                "Store %s, \"%s\", zone %s"
                        .formatted(member.store(), member.name(), member.zone()));
        out.println("It is at         " + server.url());
        server.root().ifPresent(root -> tell(out, server, root));
        out.println("Its HQ is        " + member.hq());
        out.println("Everything is in " + options.data().toAbsolutePath().normalize());
        out.println();
        out.println("How it is:  ./skerry status --data " + options.data());
        out.println("Ctrl-C stops it.");
        out.flush();
        stopping.await();
        return 0;
    }

    private void tell(PrintWriter out, StoreServer server, X509Certificate root) {
        String file = StoreCertificate.ROOT;
        out.println(
                "Its devices trust " + options.data().toAbsolutePath().normalize().resolve(file));
        out.println("  which is also at " + server.url() + "/" + file);
        out.println("  SHA-256         " + Certificates.fingerprint(root));
    }

    private StoreServer.@Nullable Invitation invitation() {
        if (join == null) {
            return null;
        }
        if (hq == null || !"https".equals(hq.getScheme()) || hq.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--join needs --hq with the address at which stores come in, such as https://hq.example:4441");
        }
        String path = hq.getPath();
        if (path != null && path.length() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--hq is an address without a path: leave out " + path);
        }
        return new StoreServer.Invitation(hq, JoinToken.parse(join));
    }
}
