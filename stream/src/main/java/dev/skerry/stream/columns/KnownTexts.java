package dev.skerry.stream.columns;

import java.util.Arrays;

/// Texts that were had before, each found again by what it is and a number that belongs to it. They stay where they
/// stand: in one array, which must not change. For one thread at a time.
final class KnownTexts {

    private static final int FIELDS = 4;

    private int[] slots = new int[1024];

    /// Of each text: hash, where it stands, length, number.
    private int[] about = new int[FIELDS * 256];

    private int count;

    void clear() {
        if (count > 0) {
            Arrays.fill(slots, 0);
        }
        count = 0;
    }

    static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private int slot(int hash) {
        return (hash * 0x9E3779B9) >>> 8 & slots.length - 1;
    }

    /// The number of the last equal text with that hash.
    ///
    /// @return -1 if there was none
    int number(byte[] bytes, int from, int length, int hash) {
        int slot = slot(hash);
        int found = -1;
        while (slots[slot] != 0) {
            int at = FIELDS * (slots[slot] - 1);
            int other = about[at + 1];
            if (about[at] == hash
                    && about[at + 2] == length
                    && Arrays.equals(bytes, from, from + length, bytes, other, other + length)) {
                found = about[at + 3];
            }
            slot = slot + 1 & slots.length - 1;
        }
        return found;
    }

    void add(int from, int length, int hash, int number) {
        if (2 * count >= slots.length) {
            slots = new int[2 * slots.length];
            for (int i = 0; i < count; i++) {
                put(i);
            }
        }
        if (FIELDS * count == about.length) {
            about = Arrays.copyOf(about, 2 * about.length);
        }
        int at = FIELDS * count;
        about[at] = hash;
        about[at + 1] = from;
        about[at + 2] = length;
        about[at + 3] = number;
        put(count++);
    }

    private void put(int index) {
        int slot = slot(about[FIELDS * index]);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = index + 1;
    }
}
