package dev.skerry.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "skerry " + Objects.requireNonNullElse(version, "from sources"),
            "Java " + Runtime.version()
        };
    }
}
