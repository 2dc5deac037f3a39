package dev.skerry.app.screens;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Files that come with the program: the screens' own, and those of WebJars.
final class Resources {

    /// In which the folders of the kit and of the screens lie.
    private static final String FOLDER = "/dev/skerry/app/screens/";

    private Resources() {}

    /// All of the screens' own, by their paths below their folder, in order: `kit/api.js`.
    static NavigableMap<String, byte[]> own() {
        try {
            URL kit = requireNonNull(Resources.class.getResource(FOLDER + "kit/kit.css"));
            TreeMap<String, byte[]> all = new TreeMap<>();
            for (String path :
                    kit.openConnection() instanceof JarURLConnection jar
                            ? inJar(jar)
                            : inFolder(kit)) {
                all.put(path, read(FOLDER + path).orElseThrow());
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<String> inJar(JarURLConnection connection) throws IOException {
        connection.setUseCaches(false);
        String folder = FOLDER.substring(1);
        try (JarFile jar = connection.getJarFile()) {
            return jar.stream()
                    .filter(it -> !it.isDirectory() && it.getName().startsWith(folder))
                    .map(it -> it.getName().substring(folder.length()))
                    .filter(Resources::isPage)
                    .toList();
        }
    }

    private static Iterable<String> inFolder(URL kit) throws IOException {
        Path folder = requireNonNull(Path.of(URI.create(kit.toString())).getParent()).resolve("..");
        try (Stream<Path> files = Files.walk(folder.normalize())) {
            return files.filter(Files::isRegularFile)
                    .map(it -> folder.normalize().relativize(it).toString().replace('\\', '/'))
                    .filter(Resources::isPage)
                    .toList();
        }
    }

    /// The class files lie beside them.
    private static boolean isPage(String path) {
        return path.contains("/") && !path.endsWith(".class");
    }

    /// A file of a WebJar of npm.
    ///
    /// @param artifact such as `lit-html`
    static Optional<byte[]> library(String artifact, String file) {
        return read(
                "/META-INF/resources/webjars/%s/%s/%s"
                        .formatted(artifact, version(artifact), file));
    }

    /// Of a WebJar of npm that is on the classpath.
    static String version(String artifact) {
        String file = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(artifact);
        try (InputStream in = requireNonNull(Resources.class.getResourceAsStream(file), file)) {
            Properties properties = new Properties();
            properties.load(in);
            return requireNonNull(properties.getProperty("version"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
