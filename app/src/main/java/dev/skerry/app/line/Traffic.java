package dev.skerry.app.line;

/// What a line has carried so far. Bytes are counted when an end has sent them, so before they arrive, and also if they
/// never do.
///
/// @param upBytes from those who connect to the one they connect to
/// @param downBytes back
/// @param connections that were accepted
/// @param open connections that there are now
public record Traffic(long upBytes, long downBytes, long connections, int open) {

    public long bytes() {
        return upBytes + downBytes;
    }
}
