package dev.skerry.trials.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What each class of tests can reach, as one fingerprint.
final class Reach {

    /// What may name a file of this repository.
    private static final Pattern PATH = Pattern.compile("[\\w./-]{1,200}");

    private static final String SERVICES = "META-INF/services";

    private final Path repository;
    private final List<ClassFolder> folders;
    private final String how;
    private final List<ReadClass> classes;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[][] mentioned;
    private final Map<Path, byte[]> digests = new HashMap<>();
    private final Map<Integer, Set<Path>> named = new HashMap<>();

    /// @param how what else counts for every class: the libraries, say
    Reach(Path repository, List<ClassFolder> folders, String how) {
        this.repository = repository;
        this.folders = List.copyOf(folders);
        this.how = how;
        this.classes = folders.stream().flatMap(it -> it.classes().stream()).toList();
        for (int i = 0; i < classes.size(); i++) {
            numbers.put(classes.get(i).name(), i);
        }
        Map<String, Set<String>> services = services();
        this.mentioned =
                classes.stream()
                        .map(it ->
                                Stream.concat(
                                                it.mentioned().stream(),
                                                services.getOrDefault(it.name(), Set.of()).stream())
                                        .map(numbers::get)
                                        .filter(number -> number != null)
                                        .mapToInt(number -> number)
                                        .distinct()
                                        .toArray())
                        .toArray(int[][]::new);
    }

    /// For each service the classes that a ServiceLoader would find: whoever reaches the one, reaches the others.
    private Map<String, Set<String>> services() {
        Map<String, Set<String>> all = new HashMap<>();
        for (ClassFolder folder : folders) {
            Path services = folder.folder().resolve(SERVICES);
            if (Files.isDirectory(services)) {
                try (Stream<Path> files = Files.list(services)) {
                    for (Path file : files.toList()) {
                        Set<String> found =
                                all.computeIfAbsent(
                                        file.getFileName().toString().replace('.', '/'),
                                        _ -> new TreeSet<>());
                        Files.readAllLines(file)
                                .forEach(it -> found.add(it.strip().replace('.', '/')));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all;
    }

    /// The fingerprint of each class that may have tests, by its name with dots, in the order of the names.
    SequencedMap<String, String> fingerprints() {
        TreeMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).mayHaveTests()) {
                all.put(classes.get(i).dotted(), fingerprint(closure(i)));
            }
        }
        return new LinkedHashMap<>(all);
    }

    private BitSet closure(int start) {
        BitSet reached = new BitSet(classes.size());
        Deque<Integer> next = new ArrayDeque<>();
        reached.set(start);
        next.add(start);
        while (!next.isEmpty()) {
            int one = next.remove();
            if (classes.get(one).readsByName()) {
                reached.set(0, classes.size());
                return reached;
            }
            for (int other : mentioned[one]) {
                if (!reached.get(other)) {
                    reached.set(other);
                    next.add(other);
                }
            }
        }
        return reached;
    }

    private String fingerprint(BitSet reached) {
        Fingerprint fingerprint = new Fingerprint().add(how);
        TreeSet<Path> read = new TreeSet<>();
        reached.stream()
                .forEach(it -> {
                    fingerprint.add(classes.get(it).digest());
                    read.add(classes.get(it).from().folder());
                    read.addAll(named.computeIfAbsent(it, number -> named(classes.get(number))));
                });
        for (Path path : read) {
            fingerprint.add(path.toString());
            fingerprint.add(digests.computeIfAbsent(path, it -> new Fingerprint().add(it).bytes()));
        }
        return fingerprint.toString();
    }

    /// The files and folders of the repository that strings of a test name, such as `../docs/protocol.md`. Whole modules are not meant: in
    /// a test `store` is a word of the trade. Nor is what is built.
    private Set<Path> named(ReadClass test) {
        Set<Path> all = new TreeSet<>();
        if (test.from().tests()) {
            Path module = test.from().module();
            for (String text : test.strings()) {
                if (PATH.matcher(text).matches()) {
                    Stream.of(module, repository)
                            .map(it -> it.resolve(text).normalize())
                            .filter(it -> isSource(module, it))
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    private boolean isSource(Path module, Path it) {
        return it.startsWith(repository)
                && !it.equals(repository)
                && !it.startsWith(repository.resolve(".git"))
                && !it.startsWith(module.resolve("target"))
                && Files.exists(it)
                && !Files.exists(it.resolve("pom.xml"));
    }
}
