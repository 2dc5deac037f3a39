package dev.skerry.stream;

/// How a follower works.
///
/// @param pageEventsMax the most events that one step applies, in one commit; 1 to [Limits#PAGE_EVENTS_MAX]
/// @param independentKeys an event that cannot be applied is put aside with all later ones of its key, and the other keys
///     go on; keys are compared across all streams that are followed. Else the follower stops at it
/// @param acknowledgePages the source is told what has been passed after this many pages, and whenever it is caught up
public record FollowerSettings(int pageEventsMax, boolean independentKeys, int acknowledgePages) {

    public FollowerSettings {
        if (pageEventsMax < 1 || pageEventsMax > Limits.PAGE_EVENTS_MAX) {
            throw new IllegalArgumentException(
                    "pageEventsMax is 1 to " + Limits.PAGE_EVENTS_MAX + ", not " + pageEventsMax);
        }
        if (acknowledgePages < 1) {
            throw new IllegalArgumentException(
                    "acknowledgePages is 1 or more, not " + acknowledgePages);
        }
    }

    /// Stops at the first event that cannot be applied.
    public static FollowerSettings inOrder() {
        return new FollowerSettings(Limits.PAGE_EVENTS_MAX, false, 16);
    }

    /// Puts aside only what belongs to the key of an event that cannot be applied.
    public static FollowerSettings byKey() {
        return new FollowerSettings(Limits.PAGE_EVENTS_MAX, true, 16);
    }

    public FollowerSettings withPageEventsMax(int eventsMax) {
        return new FollowerSettings(eventsMax, independentKeys, acknowledgePages);
    }
}
