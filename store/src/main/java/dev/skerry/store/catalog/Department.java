package dev.skerry.store.catalog;

import java.util.List;

/// A department with articles of its own.
///
/// @param path from the largest to the smallest
/// @param articles how many stand in it, not counting those below it
public record Department(List<String> path, int articles) {
    public Department {
        path = List.copyOf(path);
    }
}
