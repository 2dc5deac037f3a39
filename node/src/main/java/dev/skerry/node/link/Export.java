package dev.skerry.node.link;

import dev.skerry.stream.Event;
import java.util.function.Consumer;

/// Writes to a file, for a human, what a fenced store took and HQ never got.
public interface Export {

    /// Writes a file, whole or not at all.
    ///
    /// @param name what it is about, fit to be part of a file's name
    /// @param events gives each event to the writer it is called with
    /// @return where the file is
    String write(String name, String why, Consumer<Consumer<Event>> events);
}
