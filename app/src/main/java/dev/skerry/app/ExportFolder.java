package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.node.link.Export;
import dev.skerry.stream.Bytes;
import dev.skerry.stream.Event;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Consumer;

/// Writes events to files of JSON lines, in `exports/`: the first line says what the file is, each other is an event, its payload to the
/// byte as `payload` in UTF-8, or as `payloadBase64` where it is no text.
final class ExportFolder implements Export {

    private final Path folder;
    private final InstantSource clock;

    ExportFolder(Path data, InstantSource clock) {
        this.folder = data.resolve("exports");
        this.clock = clock;
    }

    @Override
    public String write(String name, String why, Consumer<Consumer<Event>> events) {
        String at = clock.instant().toString();
        Path file = folder.resolve(name + "-" + at.replace(':', '-') + ".jsonl");
        Path unfinished = folder.resolve(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (FileOutputStream bytes = new FileOutputStream(unfinished.toFile());
                    OutputStream out = new BufferedOutputStream(bytes)) {
                line(out, JsonObject.empty().with("export", name).with("why", why).with("at", at));
                events.accept(event -> line(out, json(event)));
                out.flush();
                bytes.getFD().sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file.toString();
    }

    private static JsonObject json(Event event) {
        JsonObject json =
                JsonObject.empty()
                        .with("stream", event.stream().value())
                        .with("offset", event.offset())
                        .withOptional("key", event.key());
        if (event.deletion()) {
            json = json.with("deletion", true);
        }
        String text = event.payload().text();
        return Bytes.of(text).equals(event.payload())
                ? json.with("payload", text)
                : json.with(
                        "payloadBase64",
                        Base64.getEncoder().encodeToString(event.payload().copy()));
    }

    private static void line(OutputStream out, JsonObject json) {
        try {
            out.write((json.write() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an export", e);
        }
    }
}
