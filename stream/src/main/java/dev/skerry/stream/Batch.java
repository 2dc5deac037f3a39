package dev.skerry.stream;

import java.util.List;

/// Events that are appended together. [Database#prepare] makes one, and does in the caller's thread what need not be done
/// on the writer.
public interface Batch {

    List<NewEvent> events();
}
