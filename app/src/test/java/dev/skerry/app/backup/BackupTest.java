package dev.skerry.app.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.NewEvent;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamSettings;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BackupTest {

    private static final Instant NOW = Instant.parse("2026-03-02T03:00:00Z");
    private static final StreamName ORDERS = StreamName.of("store-0042/orders");

    @TempDir private Path folder;
    private Path data;
    private Path backups;

    @BeforeEach
    void sell() throws IOException {
        data = Files.createDirectories(folder.resolve("store"));
        backups = folder.resolve("backups");
        Files.writeString(data.resolve("store.json"), "{\"store\":\"0042\"}");
        Files.writeString(data.resolve("node.json"), "{\"url\":\"http://127.0.0.1:1\"}");
        Files.createDirectory(data.resolve("identity"));
        Files.writeString(data.resolve("identity/key.pem"), "a key");
        try (SqliteDatabase orders = open(data)) {
            orders.write(tx -> {
                tx.open(ORDERS, StreamSettings.keepAll());
                return tx.append(ORDERS, List.of(NewEvent.of("sold")));
            });
        }
    }

    private static SqliteDatabase open(Path folder) {
        return SqliteDatabase.open(
                folder.resolve("orders.db"), SqliteSettings.defaults(), InstantSource.system());
    }

    private static void refused(String why, Executable work) {
        String said = String.valueOf(assertThrows(BackupException.class, work).getMessage());
        assertTrue(said.contains(why), said);
    }

    @Test
    void what_is_restored_is_what_was_backed_up_while_the_node_ran() throws IOException {
        Backup backup;
        try (SqliteDatabase running = open(data)) {
            backup = Backup.take(data, backups, NOW);
            running.write(tx -> tx.append(ORDERS, List.of(NewEvent.of("sold later"))));
        }
        assertEquals("store 0042", backup.node());
        Path again = folder.resolve("again");
        Backup.read(backup.folder()).restore(again);
        try (SqliteDatabase restored = open(again)) {
            assertEquals(1, restored.find(ORDERS).orElseThrow().tail());
        }
        assertEquals("a key", Files.readString(again.resolve("identity/key.pem")));
        assertFalse(Files.exists(again.resolve("node.json")), "no node runs on it");
    }

    @Test
    void a_backup_that_was_changed_is_refused_and_leaves_no_data_folder() throws IOException {
        Backup backup = Backup.take(data, backups, NOW);
        Files.writeString(backup.folder().resolve("identity/key.pem"), "another");
        Path again = folder.resolve("again");
        refused("key.pem is not what was backed up", () -> backup.restore(again));
        assertFalse(Files.exists(again));
    }

    @Test
    void nothing_is_restored_over_what_is_there() {
        Backup backup = Backup.take(data, backups, NOW);
        assertThrows(BackupException.class, () -> backup.restore(data));
        assertTrue(Files.exists(data.resolve("node.json")));
    }

    @Test
    void what_is_no_node_and_what_is_no_backup_is_said() {
        refused("not the data folder of a store or an HQ", () -> Backup.take(folder, backups, NOW));
        refused("is no backup", () -> Backup.read(data));
    }

    @Test
    void older_ones_of_this_node_are_deleted_and_no_others() throws IOException {
        Backup.take(data, backups, NOW.minusSeconds(20));
        Backup.take(data, backups, NOW.minusSeconds(10));
        Files.writeString(data.resolve("store.json"), "{\"store\":\"0001\"}");
        Backup other = Backup.take(data, backups, NOW.minusSeconds(30));
        Files.writeString(data.resolve("store.json"), "{\"store\":\"0042\"}");
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new BackupCommand()).setOut(new PrintWriter(out));
        assertEquals(
                0,
                line.execute("--data", data.toString(), "--to", backups.toString(), "--keep", "2"));
        List<Backup> left = Backup.in(backups);
        assertEquals(3, left.size(), out.toString());
        assertEquals(other.at(), left.getFirst().at());
        assertEquals(NOW.minusSeconds(10), left.get(1).at());
    }
}
