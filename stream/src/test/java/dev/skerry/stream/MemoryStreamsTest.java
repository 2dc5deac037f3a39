package dev.skerry.stream;

import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.memory.MemoryTransaction;
import java.time.InstantSource;

final class MemoryStreamsTest extends StreamsContract<MemoryTransaction> {

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected Database<MemoryTransaction> open(InstantSource clock) {
        return new MemoryDatabase(disk, MemorySettings.defaults(), Faults.NONE, clock);
    }

    @Override
    protected Effects<MemoryTransaction> effects() {
        return new MemoryEffects();
    }
}
