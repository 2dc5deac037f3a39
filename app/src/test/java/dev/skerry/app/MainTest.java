package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What people see when something is not as it should be.
class MainTest {

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private void oneClearLine(String expected) {
        assertTrue(err.toString().contains(expected), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void alone_it_prints_help() {
        assertEquals(0, run());
        assertTrue(out.toString().contains("streams"));
    }

    @Test
    void help_for_streams_names_every_option() {
        assertEquals(0, run("streams", "--help"));
        for (String option : new String[] {"--data", "--port", "--host", "--config", "--set"}) {
            assertTrue(out.toString().contains(option), option);
        }
    }

    @Test
    void a_wrong_command_line_ends_with_2() {
        assertEquals(2, run("streams"));
        assertEquals(2, run("steams", "--data", "x"));
        assertTrue(err.toString().contains("streams"));
    }

    @Test
    void a_wrong_setting_ends_with_2_and_says_all_that_is_wrong() {
        int code =
                run(
                        "streams",
                        "--data",
                        folder.toString(),
                        "--port",
                        "99999",
                        "--set",
                        "http.bodybytes-max=1MiB");
        assertEquals(2, code);
        assertTrue(err.toString().contains("--port"), err.toString());
        assertTrue(err.toString().contains("http.body-bytes-max"), err.toString());
    }

    @Test
    void the_file_in_the_data_folder_is_read() throws IOException {
        Files.writeString(folder.resolve("skerry.conf"), "http.prot = 1\n");
        assertEquals(2, run("streams", "--data", folder.toString()));
        assertTrue(err.toString().contains("skerry.conf:1"), err.toString());
    }

    @Test
    void a_folder_in_use_ends_with_1() {
        SqliteDatabase other =
                SqliteDatabase.open(
                        folder.resolve("streams.db"),
                        SqliteSettings.defaults(),
                        InstantSource.system());
        try (other) {
            assertEquals(1, run("streams", "--data", folder.toString(), "--port", "0"));
        }
        oneClearLine("is in use by");
    }

    @Test
    void a_folder_that_is_none_ends_with_1() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals(1, run("streams", "--data", file.toString(), "--port", "0"));
        oneClearLine("as data folder");
    }

    @Test
    void a_port_in_use_ends_with_1_and_leaves_the_folder_free() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code =
                    run(
                            "streams",
                            "--data",
                            folder.toString(),
                            "--port",
                            Integer.toString(other.getLocalPort()));
            assertEquals(1, code);
        }
        oneClearLine("is in use by another program");
        assertFalse(out.toString().contains("Serves"));
        SqliteDatabase.open(
                        folder.resolve("streams.db"),
                        SqliteSettings.defaults(),
                        InstantSource.system(),
                        dev.skerry.stream.server.ServedStreams.MIGRATIONS)
                .close();
    }
}
