package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.STORE_INTEGRITY_CHECK_BYTES_MAX;

import dev.skerry.node.config.Configuration;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.sqlite.Migrations;
import dev.skerry.stream.sqlite.SqliteDatabase;
import dev.skerry.stream.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// Opens a node's databases.
final class Databases {

    private Databases() {}

    static SqliteDatabase open(
            Path folder,
            String file,
            Configuration configuration,
            InstantSource clock,
            Migrations... tables) {
        SqliteSettings settings =
                SqliteSettings.defaults()
                        .withIntegrityCheckBytesMax(
                                configuration.value(STORE_INTEGRITY_CHECK_BYTES_MAX));
        return SqliteDatabase.open(folder.resolve(file), settings, clock, tables);
    }

    /// @throws StreamException if the folder cannot be used
    static Path folder(Path data) {
        try {
            return Files.createDirectories(data);
        } catch (IOException e) {
            throw new StreamException(
                    Kind.IO,
                    "cannot use " + data + " as data folder: " + e,
                    "choose a folder that belongs to the user that runs this",
                    false,
                    e);
        }
    }
}
