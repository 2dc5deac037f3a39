package dev.skerry.trials.impact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// What one class file says of what it can reach.
///
/// @param name as class files write it: `dev/skerry/stream/Follower$Step`
/// @param digest of the whole file
/// @param mentioned every word in it that could be the name of a class: class constants, descriptors, signatures, annotations,
/// permitted subclasses, and strings
/// @param strings the strings in its code
/// @param readsByName it finds classes by other means than those: it reaches all there are
record ReadClass(
        ClassFolder from,
        String name,
        boolean isAbstract,
        String digest,
        Set<String> mentioned,
        Set<String> strings,
        boolean readsByName) {

    /// Who uses one of these may use any class: they look for classes in folders.
    private static final Set<String> LOOK_FOR_CLASSES =
            Set.of(
                    "com/tngtech/archunit/core/importer/ClassFileImporter",
                    "java/lang/classfile/ClassFile",
                    "java/util/ServiceLoader");

    /// Who calls one of these, too: by a name that may be put together.
    private static final Set<String> LOAD_CLASSES = Set.of("loadClass", "findClass", "defineClass");

    /// This package looks for the classes of whoever is asked about, and its tests for those of a small project of their own.
    private static final String HERE = ReadClass.class.getPackageName().replace('.', '/') + "/";

    /// Who asks for this property starts another process with our classes.
    private static final String CLASS_PATH = "java.class.path";

    static ReadClass of(ClassFolder from, Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ClassModel model = ClassFile.of().parse(content);
        Set<String> mentioned = new HashSet<>();
        Set<String> strings = new HashSet<>();
        boolean byName = false;
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case Utf8Entry text -> words(text.stringValue(), mentioned::add);
                case StringEntry text -> strings.add(text.stringValue());
                case MemberRefEntry member ->
                        byName |=
                                LOAD_CLASSES.contains(member.name().stringValue())
                                        || (member.owner().name().equalsString("java/lang/Class")
                                                && member.name().equalsString("forName"));
                default -> {}
            }
        }
        byName |=
                strings.contains(CLASS_PATH)
                        || LOOK_FOR_CLASSES.stream().anyMatch(mentioned::contains);
        String name = model.thisClass().asInternalName();
        return new ReadClass(
                from,
                name,
                model.flags().has(AccessFlag.ABSTRACT),
                new Fingerprint().add(content).toString(),
                mentioned,
                strings,
                byName && !name.startsWith(HERE));
    }

    /// Takes a descriptor, a signature or a name apart. In `(ILa/B;)V` the name follows one of many Ls, so each is tried.
    private static void words(String text, Consumer<String> words) {
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || !isPartOfName(text.charAt(at))) {
                if (at > start) {
                    String word = text.substring(start, at).replace('.', '/');
                    words.accept(word);
                    for (int l = word.indexOf('L'); l >= 0; l = word.indexOf('L', l + 1)) {
                        words.accept(word.substring(l + 1));
                    }
                }
                start = at + 1;
            }
        }
    }

    private static boolean isPartOfName(char it) {
        return it == '/' || it == '.' || Character.isJavaIdentifierPart(it);
    }

    /// Whether tests are looked for in it, by its name.
    boolean mayHaveTests() {
        String simple = name.substring(name.lastIndexOf('/') + 1);
        return from.tests() && !isAbstract && simple.matches("Test[^$]*|[^$]*Tests?");
    }

    String dotted() {
        return name.replace('/', '.');
    }
}
