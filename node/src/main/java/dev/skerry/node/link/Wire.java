package dev.skerry.node.link;

import dev.skerry.stream.Bytes;

/// A connection between a store and HQ that carries whole messages, in order, until it ends. Either side may end it, and so
/// may the line. Any thread may call; messages of one thread stay in order.
public interface Wire {

    /// The largest message, in bytes.
    int MESSAGE_BYTES_MAX = 1 << 20;

    /// Sends a message. May wait while the line takes nothing, but no longer than until the wire is taken for dead. What is
    /// sent on a wire that has ended is lost without a word; its end is told to [Ears#ended].
    void send(Bytes message);

    /// Ends it, from this side. Calling it again does nothing.
    ///
    /// @param why for the other side's log, at most 100 characters
    void close(String why);

    /// Who listens to a wire. Is called by one thread at a time.
    interface Ears {

        /// A message came. The array is the receiver's to keep. Nothing more is read from the line until this returns.
        void received(Bytes message);

        /// It has ended, by whomever. Called once; nothing comes after.
        void ended(String why);
    }
}
