package dev.skerry.pricing;

import java.util.Set;

/// Whom a promotion is for.
///
/// @param cardHolders only for those with a card
/// @param segments any of them is enough; if there are some, only for those
/// @param anyCardHolderOffline while the line is down and the membership list is too old, for everybody with a card
public record Audience(boolean cardHolders, Set<String> segments, boolean anyCardHolderOffline) {

    public static final Audience ANYBODY = new Audience(false, Set.of(), false);
    public static final Audience CARD_HOLDERS = new Audience(true, Set.of(), false);

    public Audience {
        segments = Set.copyOf(segments);
    }

    public static Audience segments(String... names) {
        return new Audience(false, Set.of(names), false);
    }

    public Audience orAnyCardHolderOffline() {
        return new Audience(cardHolders, segments, true);
    }

    /// Not for everybody.
    public boolean targeted() {
        return cardHolders || !segments.isEmpty();
    }
}
