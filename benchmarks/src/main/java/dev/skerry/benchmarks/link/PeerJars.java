package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.benchmarks.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The class path of a peer: from Maven Central, when it is first needed, and apart from ours, since the libraries of the
/// three get on neither in one build nor in one process.
final class PeerJars {

    private static final String RESOLVE =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

    private PeerJars() {}

    /// @param peer has a `PEER-pom.xml` beside this class
    /// @return with our own classes last; empty, after saying so, if the peer cannot be had
    static Optional<String> classPath(String peer) {
        try {
            Path folder = folder(peer);
            byte[] pom = pom(peer);
            Path file = folder.resolve("pom.xml");
            Path jars = folder.resolve("classpath");
            if (!Files.exists(jars) || !Arrays.equals(pom, Files.readAllBytes(file))) {
                Files.deleteIfExists(jars);
                Files.write(file, pom);
                resolve(file, jars);
            }
            return Optional.of(
                    Files.readString(jars, UTF_8)
                            + System.getProperty("path.separator")
                            + System.getProperty("java.class.path"));
        } catch (IOException e) {
            System.out.println("The comparison with " + peer + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Path folder(String peer) throws IOException {
        return Files.createDirectories(Scratch.target().resolve("peers").resolve(peer));
    }

    /// Where what it says can be read until it is started anew.
    static Path logs(String peer) throws IOException {
        Path logs = Files.createDirectories(folder(peer).resolve("logs"));
        Scratch.delete(logs);
        return Files.createDirectory(logs);
    }

    private static byte[] pom(String peer) throws IOException {
        try (InputStream in = PeerJars.class.getResourceAsStream(peer + "-pom.xml")) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static void resolve(Path pom, Path jars) throws IOException {
        Path log = pom.resolveSibling("maven.log");
        try {
            int status =
                    new ProcessBuilder(
                                    "mvn",
                                    "-B",
                                    "-ntp",
                                    "-f",
                                    pom.toString(),
                                    RESOLVE,
                                    "-Dmdep.includeScope=runtime",
                                    "-Dmdep.outputFile=" + jars)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor();
            if (status != 0 || !Files.exists(jars)) {
                throw new IOException("Maven could not get it; see " + log);
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
