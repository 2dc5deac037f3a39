package dev.skerry.trials.rooms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rule of the house, and the classes that it does not hold for.
///
/// @param permits none of them is there without need: see [#unneeded]
/// @param about the rule for those classes that the predicate names
record Rule(
        String name,
        List<Permit> permits,
        Function<DescribedPredicate<JavaClass>, ArchRule> about) {

    private static final Pattern NAME_IN_REPORT = Pattern.compile("<([\\w.$-]+)");

    /// An exception from a rule.
    ///
    /// @param type full name of a class at the top of its file; what is nested in it is meant too
    record Permit(String type, String reason) {

        private boolean covers(JavaClass it) {
            return atTheTop(it.getName()).equals(type);
        }
    }

    /// @throws AssertionError if a class without a permit breaks this rule
    void check(JavaClasses house) {
        about(withoutPermit()).check(house);
    }

    /// What [#check] would report, line by line.
    List<String> violations(JavaClasses house) {
        return violations(house, withoutPermit());
    }

    /// The classes at the top of their files that break this rule without a permit.
    Set<String> breakers(JavaClasses house) {
        return violations(house).stream()
                .map(line -> breaker(house, line))
                .collect(toCollection(TreeSet::new));
    }

    /// The permits that nobody makes use of.
    List<Permit> unneeded(JavaClasses house) {
        return permits.stream()
                .filter(permit ->
                        violations(house, describe(permit.type, permit::covers)).isEmpty())
                .toList();
    }

    private List<String> violations(JavaClasses house, DescribedPredicate<JavaClass> who) {
        return about(who).evaluate(house).getFailureReport().getDetails();
    }

    /// A class that does not exist yet, or no longer, breaks no rule.
    private ArchRule about(DescribedPredicate<JavaClass> who) {
        return about.apply(who).allowEmptyShould(true);
    }

    private static String breaker(JavaClasses house, String line) {
        Matcher matcher = NAME_IN_REPORT.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError("names no class: " + line);
        }
        String type = matcher.group(1);
        while (!house.contain(type)) {
            type = type.substring(0, type.lastIndexOf('.'));
        }
        return atTheTop(type);
    }

    private DescribedPredicate<JavaClass> withoutPermit() {
        return describe(
                "without a permit", it -> permits.stream().noneMatch(permit -> permit.covers(it)));
    }

    private static String atTheTop(String type) {
        return type.replaceFirst("\\$.*", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
