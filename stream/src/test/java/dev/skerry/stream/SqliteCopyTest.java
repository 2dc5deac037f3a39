package dev.skerry.stream;

import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCopyTest extends CopyContract<SqliteTransaction> {

    @TempDir Path folder;

    @Override
    protected Database<SqliteTransaction> open(InstantSource clock) {
        return SqliteDatabase.open(
                folder.resolve("test.db"), SqliteSettings.defaults(), clock, SqliteEffects.TABLES);
    }

    @Override
    protected Effects<SqliteTransaction> effects() {
        return new SqliteEffects();
    }

    @Override
    protected Database<? extends Transaction> openOther(InstantSource clock) {
        return new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, clock);
    }
}
