package dev.skerry.app.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// Baskets that a store did not take, with its reason; in a file, so that they are known after a new start. For one thread at a time.
final class Refused {

    private final Path file;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    Refused(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split("\t", 2);
                    if (parts.length == 2) {
                        reasons.put(parts[0], parts[1]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Durable when this returns.
    void add(Sale sale, String why) {
        String reason = why.replaceAll("[\t\r\n]", " ");
        reasons.put(sale.id(), reason);
        String line = sale.id().replaceAll("[\t\r\n]", " ") + "\t" + reason + "\n";
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    boolean has(String basket) {
        return reasons.containsKey(basket);
    }

    String reason(String basket) {
        return reasons.getOrDefault(basket, "");
    }
}
