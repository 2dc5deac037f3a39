package dev.skerry.node.link;

import dev.skerry.stream.Compressor;
import dev.skerry.stream.columns.Columns;

/// What runs that go out are coded with, shared by all wires of a node. Any thread.
///
/// @param toSend for what goes out
record Codecs(Compressor toSend, Columns columns) {

    static Codecs make() {
        return new Codecs(Compressor.toSend(), new Columns());
    }
}
