package dev.skerry.node.link;

import dev.skerry.stream.Compressor;
import dev.skerry.stream.columns.Columns;

/// What runs are coded with, shared by all wires of a node. Any thread.
///
/// @param toSend for what goes out
/// @param toStore for what comes in coded otherwise than it is stored
record Codecs(Compressor toSend, Compressor toStore, Columns columns) {

    static Codecs make() {
        return new Codecs(Compressor.toSend(), Compressor.toStore(), new Columns());
    }
}
