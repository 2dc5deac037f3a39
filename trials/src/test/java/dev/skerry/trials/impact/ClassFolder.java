package dev.skerry.trials.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder of classes and resources.
///
/// @param module the folder of the module that it was compiled from
/// @param tests whether tests are looked for in it
record ClassFolder(Path folder, Path module, boolean tests) {

    static final String CLASS = ".class";

    /// All its classes, in the order of their names.
    List<ReadClass> classes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(it -> it.toString().endsWith(CLASS))
                    .sorted()
                    .toList()
                    .parallelStream()
                    .map(it -> ReadClass.of(this, it))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
