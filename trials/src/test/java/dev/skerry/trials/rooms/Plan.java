package dev.skerry.trials.rooms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The plan of the house: where a class stands.
///
/// @param root the package above all modules
record Plan(String root) {

    /// From the foundation up: a module may use those before it, never those after it or beside it.
    static final List<List<String>> FLOORS =
            List.of(
                    List.of("language"),
                    List.of("pricing"),
                    List.of("stream"),
                    List.of("node"),
                    List.of("image"),
                    List.of("context"),
                    List.of("store", "hq"),
                    List.of("app"),
                    List.of("trials", "benchmarks"));

    String in(String place) {
        return root + "." + place;
    }

    boolean contains(JavaClass it) {
        return it.getPackageName().startsWith(root + ".");
    }

    /// Counted from the foundation; negative if its module has none.
    int floor(JavaClass it) {
        return IntStream.range(0, FLOORS.size())
                .filter(floor -> FLOORS.get(floor).contains(part(it, 0)))
                .findFirst()
                .orElse(-1);
    }

    boolean mayUse(JavaClass it, JavaClass other) {
        return !contains(other) || part(it, 0).equals(part(other, 0)) || floor(other) < floor(it);
    }

    /// Such as `store.orders`.
    Optional<String> context(JavaClass it) {
        return Optional.of(part(it, 0))
                .filter(side -> side.equals("store") || side.equals("hq"))
                .filter(_ -> !part(it, 1).isEmpty())
                .map(side -> side + "." + part(it, 1));
    }

    DescribedPredicate<JavaClass> ofAContext() {
        return describe("of a context", it -> context(it).isPresent());
    }

    /// The one class of a context that has this duty: in `store.orders` the front is `Orders`, its tables `OrdersTables`.
    DescribedPredicate<JavaClass> desk(String duty) {
        return describe(
                "the desk " + duty,
                it -> {
                    String name = part(it, 1);
                    return context(it).isPresent()
                            && (it.getName() + "$")
                                    .startsWith(
                                            in(context(it).get() + ".")
                                                    + name.substring(0, 1).toUpperCase(Locale.ROOT)
                                                    + name.substring(1)
                                                    + duty
                                                    + "$");
                });
    }

    /// Whether a type of somebody else demands this method.
    boolean prescribed(JavaMethod method) {
        return Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                .filter(it -> !contains(it))
                .flatMap(it -> it.getMethods().stream())
                .anyMatch(it ->
                        it.getName().equals(method.getName())
                                && it.getRawParameterTypes().size()
                                        == method.getRawParameterTypes().size());
    }

    /// A part of the package's name below the root; empty if there is none.
    private String part(JavaClass it, int index) {
        List<String> parts =
                contains(it)
                        ? Arrays.asList(
                                it.getPackageName().substring(root.length() + 1).split("\\.", -1))
                        : List.of();
        return index < parts.size() ? parts.get(index) : "";
    }
}
