package dev.skerry.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {text(), "Java " + Runtime.version()};
    }

    /// What nodes tell each other and people.
    static String text() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "skerry " + Objects.requireNonNullElse(version, "from sources");
    }
}
