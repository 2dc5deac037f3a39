package dev.skerry.stream;

/// Where a follower reads: one stream, or all streams of a pattern in the order in which this database took them; in
/// this process, or at another node. For one follower, one call at a time.
///
/// A cursor is a place in the source: an offset where it is one stream, a position of the database where it is many. Everything
/// before the cursor has been read; 0 is the beginning, whatever was dropped: there a follower starts, and starts over.
///
/// A source never leaves something out unsaid. It answers [Read.Gone] to a cursor above 0
/// - when events at or after the cursor, which its follower had not passed, have been dropped;
/// - when the stream has since been deleted, even if there is one of that name again;
/// - when the cursor lies beyond the end: the source has lost what the follower has read.
///
/// A database's own sources remember for their follower what it has passed and up to which cursor it has missed
/// something. Reading from before what was passed (a follower that came back from a backup) takes the passing back, and
/// counts all that was dropped since as missed. Reading from 0 ends what was missed.
public interface EventSource {

    /// What is read, for people: `hq/catalog`, `store-*/orders`.
    String describe();

    /// Reads on from a cursor: at most about `eventsMax` events and [Limits#PAGE_BYTES_MAX] bytes (a source may round up to
    /// what it stores together). Does not wait.
    ///
    /// @throws StreamException if the source is out of reach; it says whether to try again
    Read read(long cursor, int eventsMax);

    /// The follower has committed all before the cursor. Rules what the source may drop; may lag, never runs ahead.
    ///
    /// @throws StreamException as [#read]
    void passed(long cursor);

    /// Calls `onNews` soon after there may be more to read, from any thread; `onNews` must not wait.
    Watch watch(Runnable onNews);
}
