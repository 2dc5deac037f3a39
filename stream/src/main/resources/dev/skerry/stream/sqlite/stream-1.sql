-- A stream's state, as of the last commit that concerned it.
CREATE TABLE stream (
    -- never used twice
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    compacted INTEGER NOT NULL,
    keep_for_ms INTEGER,
    keep_bytes_max INTEGER NOT NULL,
    wait_for_followers INTEGER NOT NULL,
    -- offsets below have been dropped
    start_offset INTEGER NOT NULL,
    -- these three are as of when something other than an append last wrote the row; a chunk further on knows better:
    -- so an append writes one row, not two
    tail INTEGER NOT NULL,
    checksum BLOB NOT NULL,
    -- bytes of chunks stored so far, those dropped since included
    bytes_through INTEGER NOT NULL,
    -- cursors after the last event that retention, or the end of a deletion's time, removed
    dropped_offset INTEGER NOT NULL DEFAULT 0,
    dropped_position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The events that one commit appended to one stream, up to a size. docs/chunk-format.md describes data.
CREATE TABLE chunk (
    -- the order in which this database took them, over all streams; never used twice
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    first_offset INTEGER NOT NULL,
    next_offset INTEGER NOT NULL,
    appended_at INTEGER NOT NULL,
    checksum_before BLOB NOT NULL,
    checksum_after BLOB NOT NULL,
    -- bytes of the stream's chunks stored so far, this one included
    bytes_through INTEGER NOT NULL,
    -- length of data before compression; 0: it is not compressed
    zstd_from INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX chunk_by_offset ON chunk (stream, first_offset);

-- The position that the next chunk gets, where it cannot be told from the chunks that are left.
CREATE TABLE next_position (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL) STRICT;
INSERT INTO next_position VALUES (1, 1);

-- Compacted streams: the newest event of each key, and the events that are no longer the newest but still stored.
CREATE TABLE newest (
    stream INTEGER NOT NULL,
    key TEXT NOT NULL,
    offset INTEGER NOT NULL,
    deletion INTEGER NOT NULL,
    appended_at INTEGER NOT NULL,
    PRIMARY KEY (stream, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX newest_deletion ON newest (stream, offset) WHERE deletion = 1;
CREATE TABLE superseded (
    stream INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    PRIMARY KEY (stream, offset)
) STRICT, WITHOUT ROWID;

-- Followers that write to this database: where they are.
CREATE TABLE cursor (
    follower TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Followers that read from this database: how far they are known to be.
CREATE TABLE follower (
    follower TEXT NOT NULL,
    reads TEXT NOT NULL,
    pattern INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    missed_up_to INTEGER NOT NULL,
    PRIMARY KEY (follower, reads)
) STRICT, WITHOUT ROWID;

-- Events put aside, and what became of them.
CREATE TABLE parked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    follower TEXT NOT NULL,
    stream TEXT NOT NULL,
    offset INTEGER NOT NULL,
    key TEXT,
    deletion INTEGER NOT NULL,
    payload BLOB NOT NULL,
    error TEXT NOT NULL,
    parked_at INTEGER NOT NULL,
    resolution TEXT,
    resolved_by TEXT,
    resolved_why TEXT,
    resolved_at INTEGER
) STRICT;
CREATE INDEX parked_open ON parked (follower, key) WHERE resolution IS NULL;
