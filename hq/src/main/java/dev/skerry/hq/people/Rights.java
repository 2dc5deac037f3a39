package dev.skerry.hq.people;

import dev.skerry.context.Caller;
import dev.skerry.context.Caller.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the roles of headquarters are called in events, and what they may do. A word that is none of them, as those of stores, gives
/// nothing. An admin may do everything.
final class Rights {

    private Rights() {}

    static Set<Role> of(Collection<String> words) {
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        Caller.OF_HQ.stream().filter(it -> words.contains(word(it))).forEach(all::add);
        return all.contains(Role.ADMIN) ? Caller.OF_HQ : all;
    }

    /// In the order in which they are declared, without those that it does not know.
    static List<Role> named(Collection<String> words) {
        return Caller.OF_HQ.stream().filter(it -> words.contains(word(it))).sorted().toList();
    }

    /// @throws IllegalArgumentException if one is a store's
    static List<String> words(Collection<Role> roles) {
        roles.stream()
                .filter(it -> !Caller.OF_HQ.contains(it))
                .findFirst()
                .ifPresent(it -> {
                    throw new IllegalArgumentException(
                            "%s is a role in stores; at HQ there are %s"
                                    .formatted(it, Caller.OF_HQ.stream().sorted().toList()));
                });
        return roles.stream().distinct().sorted().map(Rights::word).toList();
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
