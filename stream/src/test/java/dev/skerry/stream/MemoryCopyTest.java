package dev.skerry.stream;

import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.memory.MemoryTransaction;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

final class MemoryCopyTest extends CopyContract<MemoryTransaction> {

    @TempDir Path folder;

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected Database<MemoryTransaction> open(InstantSource clock) {
        return new MemoryDatabase(disk, MemorySettings.defaults(), Faults.NONE, clock);
    }

    @Override
    protected Effects<MemoryTransaction> effects() {
        return new MemoryEffects();
    }

    @Override
    protected Database<? extends Transaction> openOther(InstantSource clock) {
        return SqliteDatabase.open(folder.resolve("other.db"), SqliteSettings.defaults(), clock);
    }
}
