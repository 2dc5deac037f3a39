package dev.skerry.trials.simulation;

import dev.skerry.stream.Event;
import dev.skerry.stream.memory.MemoryTransaction;
import java.util.ArrayList;
import java.util.List;

/// The effects of a follower: a list of the events that took effect, in its database, in the transaction of each.
public record Journal(String follower) {

    /// An event that took effect.
    public record Entry(String stream, long offset, String key) {

        static Entry of(String line) {
            String[] parts = line.split("\\|", 3);
            return new Entry(parts[0], Long.parseLong(parts[1]), parts[2]);
        }
    }

    public void add(MemoryTransaction tx, Event event) {
        int size = size(tx);
        tx.put(key(size), event.stream() + "|" + event.offset() + "|" + event.key());
        tx.put("size/" + follower, Integer.toString(size + 1));
    }

    public int size(MemoryTransaction tx) {
        return number(tx, "size/" + follower);
    }

    /// How often it has been cleared.
    public int era(MemoryTransaction tx) {
        return number(tx, "era/" + follower);
    }

    public void clear(MemoryTransaction tx) {
        for (int i = 0; i < size(tx); i++) {
            tx.remove(key(i));
        }
        tx.remove("size/" + follower);
        tx.put("era/" + follower, Integer.toString(era(tx) + 1));
    }

    public List<Entry> since(MemoryTransaction tx, int from) {
        List<Entry> entries = new ArrayList<>();
        for (int i = from; i < size(tx); i++) {
            entries.add(Entry.of(String.valueOf(tx.value(key(i)))));
        }
        return entries;
    }

    private String key(int index) {
        return "journal/" + follower + "/" + index;
    }

    private static int number(MemoryTransaction tx, String key) {
        String value = tx.value(key);
        return value == null ? 0 : Integer.parseInt(value);
    }
}
