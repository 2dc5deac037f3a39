package dev.skerry.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

    @Test
    void a_file_is_read_as_utf_8_with_or_without_a_byte_order_mark(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("skerry.conf");
        Files.writeString(file, "\uFEFFstore.name = Kraków\r\n");
        assertEquals(
                List.of(new Source.Entry("store.name", "Kraków", file + ":1")),
                Source.file(file).entries());
    }

    @Test
    void a_file_in_another_encoding_is_an_error(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("skerry.conf");
        Files.write(file, new byte[] {'a', '=', (byte) 0xF3});
        assertEquals(
                List.of(file + ": is not UTF-8. Save it in that encoding."),
                Source.file(file).problems());
    }

    @Test
    void a_file_that_is_not_there_is_an_error(@TempDir Path folder) {
        Path file = folder.resolve("skerry.conf");
        assertEquals(
                List.of(file + ": cannot be read (NoSuchFileException)."),
                Source.file(file).problems());
    }
}
