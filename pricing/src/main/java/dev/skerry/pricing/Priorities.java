package dev.skerry.pricing;

import java.util.Collection;
import java.util.List;

/// The priority classes that meet, highest first.
record Priorities(List<Integer> classes) {

    static Priorities of(Collection<Candidate> candidates) {
        return new Priorities(
                candidates.stream()
                        .map(it -> it.standing().priority())
                        .distinct()
                        .sorted((one, other) -> Integer.compare(other, one))
                        .toList());
    }

    int of(Candidate candidate) {
        return classes.indexOf(candidate.standing().priority());
    }

    Worth nothing() {
        return Worth.nothing(classes.size());
    }
}
