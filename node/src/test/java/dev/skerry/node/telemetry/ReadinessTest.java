package dev.skerry.node.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.stream.StreamException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadinessTest {

    @TempDir Path folder;

    private static List<Readiness.Found> found(Readiness.Check check) {
        return new Readiness(List.of(check)).found();
    }

    static List<Standing> closed() {
        return List.of(
                new Standing.Asking(),
                new Standing.Restoring(-1),
                new Standing.Restoring(12),
                new Standing.TurnedAway("another machine is connected as this store"),
                new Standing.Fenced("another machine is the store", null));
    }

    @ParameterizedTest
    @MethodSource("closed")
    void a_store_that_may_not_trade_says_why_and_what_to_do(Standing standing) {
        Readiness.Obstacle obstacle = found(Readiness.open(() -> standing)).getFirst().obstacle();
        assertTrue(obstacle.why().length() > 20, obstacle.why());
        assertTrue(obstacle.remedy().length() > 20, obstacle.remedy());
    }

    @Test
    void a_store_that_is_open_is_ready() {
        assertEquals(List.of(), found(Readiness.open(Standing.Open::new)));
    }

    @Test
    void a_damaged_database_is_named() {
        Readiness.Check check =
                Readiness.sound(
                        "streams.db",
                        () ->
                                Optional.of(
                                        new StreamException(
                                                StreamException.Kind.CORRUPT,
                                                "streams.db is damaged",
                                                "restore it",
                                                false,
                                                null)));
        Readiness.Found found = found(check).getFirst();
        assertEquals("database streams.db", found.check());
        assertTrue(found.obstacle().why().contains("streams.db is damaged"));
        assertTrue(found.obstacle().remedy().contains("restore it"));
    }

    @Test
    void a_disk_with_less_room_than_the_limit_names_the_limit() {
        assertEquals(List.of(), found(Readiness.room(new Disk(folder, 0))));
        String why =
                found(Readiness.room(new Disk(folder, Long.MAX_VALUE))).getFirst().obstacle().why();
        assertTrue(why.contains("disk.free-bytes-min = 8796093022207 MiB"), why);
    }

    @Test
    void a_folder_that_is_gone_is_no_failure_but_an_obstacle() {
        Disk gone = new Disk(folder.resolve("gone"), 0);
        assertTrue(found(Readiness.room(gone)).getFirst().obstacle().why().contains("gone"));
    }

    @Test
    void a_disk_knows_what_the_folder_takes() throws Exception {
        Files.write(folder.resolve("one"), new byte[1000]);
        Files.createDirectory(folder.resolve("deep"));
        Files.write(folder.resolve("deep").resolve("two"), new byte[234]);
        Disk.Space space = new Disk(folder, 0).space().orElseThrow();
        assertEquals(1234, space.dataBytes());
        assertTrue(space.freeBytes() > 0 && space.totalBytes() >= space.freeBytes());
    }
}
