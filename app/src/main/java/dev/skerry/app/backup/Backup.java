package dev.skerry.app.backup;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.sqlite.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// One backup of a node: a folder that is whole once it holds `backup.json`.
///
/// @param folder absolute
/// @param at the instant as of which it is
/// @param node `hq`, or `store` and its number
/// @param files in the order of their names
record Backup(Path folder, Instant at, String node, List<Copied> files) {

    /// @param name below the folder, with slashes
    /// @param sha256 in hexadecimal digits
    record Copied(String name, long bytes, String sha256) {}

    private static final String LIST = "backup.json";
    private static final String UNFINISHED = ".unfinished";

    /// Where a running node says that it runs: true of this machine now, and of no copy.
    private static final String RUNNING = "node.json";

    private static final int BUFFER_BYTES = 1 << 16;

    long bytes() {
        return files.stream().mapToLong(Copied::bytes).sum();
    }

    /// Copies a data folder, whether its node runs or not.
    ///
    /// @param data a node's data folder
    /// @param into gets a folder named after the instant; made if it is missing
    /// @throws BackupException if there is no node's data, or a file cannot be copied
    /// @throws StreamException if a database cannot
    static Backup take(Path data, Path into, Instant now) {
        String node = node(data);
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        Path folder = into.toAbsolutePath().normalize().resolve(at.toString().replace(':', '-'));
        Path unfinished = folder.resolveSibling(folder.getFileName() + UNFINISHED);
        try {
            Files.createDirectories(folder.getParent());
            if (Files.exists(folder)) {
                throw new FileAlreadyExistsException(folder.toString());
            }
            privateFolder(unfinished);
            Snapshot.take(databases(data), unfinished);
            copyRest(data, unfinished);
            Backup backup = new Backup(folder, at, node, list(unfinished));
            Path list = unfinished.resolve(LIST);
            Files.writeString(list, backup.json().write());
            force(list);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            force(into.toAbsolutePath());
            return backup;
        } catch (FileAlreadyExistsException e) {
            throw new BackupException(
                    "there is a backup of this second, or one that was not finished: "
                            + e.getFile(),
                    "try again, or delete it");
        } catch (IOException e) {
            throw failed("cannot back up " + data + " to " + folder, e);
        }
    }

    /// All that are whole, oldest first.
    static List<Backup> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.exists(entry.resolve(LIST)))
                    .filter(entry -> !entry.toString().endsWith(UNFINISHED))
                    .map(Backup::read)
                    .sorted(Comparator.comparing(Backup::at))
                    .toList();
        } catch (IOException e) {
            throw failed("cannot read " + folder, e);
        }
    }

    /// @throws BackupException if the folder is no backup
    static Backup read(Path folder) {
        Path list = folder.resolve(LIST);
        if (!Files.exists(list)) {
            throw new BackupException(
                    folder + " is no backup: it has no " + LIST,
                    "name one of the folders that ./skerry backup made");
        }
        try {
            JsonObject json = JsonObject.parse(Files.readString(list));
            return new Backup(
                    folder.toAbsolutePath().normalize(),
                    Instant.parse(json.text("at")),
                    json.text("node"),
                    json.objects("files").stream()
                            .map(file ->
                                    new Copied(
                                            file.text("name"),
                                            file.number("bytes"),
                                            file.text("sha256")))
                            .toList());
        } catch (IOException e) {
            throw failed("cannot read " + list, e);
        } catch (MalformedJsonException e) {
            throw new BackupException(
                    list + " is damaged: " + e.getMessage(), "take another backup");
        }
    }

    /// Makes a data folder of this backup, which is read and compared with its digests first.
    ///
    /// @param data must not exist, or be empty
    /// @throws BackupException if a file is not what was backed up; nothing is at `data` then
    void restore(Path data) {
        Path target = data.toAbsolutePath().normalize();
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        try {
            verify();
            if (Files.exists(target)) {
                try (Stream<Path> entries = Files.list(target)) {
                    if (entries.findAny().isPresent()) {
                        throw new BackupException(
                                data + " is not empty",
                                "nothing is written over: move it away, or name another folder");
                    }
                }
                Files.delete(target);
            }
            privateFolder(unfinished);
            for (Copied file : files) {
                copy(folder.resolve(file.name()), unfinished.resolve(file.name()));
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            force(target.resolveSibling("."));
        } catch (FileAlreadyExistsException e) {
            throw new BackupException(
                    e.getFile() + " is left of a restore that was not finished", "delete it");
        } catch (IOException e) {
            throw failed("cannot restore " + folder + " to " + data, e);
        }
    }

    private void verify() throws IOException {
        for (Copied file : files) {
            Path copy = folder.resolve(file.name());
            if (!Files.exists(copy) || !file.equals(copied(folder, copy))) {
                throw new BackupException(
                        copy + " is not what was backed up",
                        "the backup is damaged: take another one");
            }
        }
    }

    void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            // Without its list it is no backup any more, however far the rest gets.
            Files.delete(folder.resolve(LIST));
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw failed("cannot delete " + folder, e);
        }
    }

    private JsonObject json() {
        return JsonObject.empty()
                .with("node", node)
                .with("at", at.toString())
                .with(
                        "files",
                        files.stream()
                                .map(file ->
                                        JsonObject.empty()
                                                .with("name", file.name())
                                                .with("bytes", file.bytes())
                                                .with("sha256", file.sha256()))
                                .toList());
    }

    private static String node(Path data) {
        Path store = data.resolve("store.json");
        try {
            if (Files.exists(store)) {
                return "store " + JsonObject.parse(Files.readString(store)).text("store");
            }
            if (Files.exists(data.resolve("estate.db"))) {
                return "hq";
            }
        } catch (IOException e) {
            throw failed("cannot read " + store, e);
        }
        throw new BackupException(
                data + " is not the data folder of a store or an HQ",
                "name the folder that the node was started with");
    }

    private static List<Path> databases(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(file -> file.toString().endsWith(".db")).sorted().toList();
        }
    }

    private static void copyRest(Path data, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path name = data.relativize(file);
                boolean top = name.getNameCount() == 1;
                boolean ofDatabase = top && name.toString().contains(".db");
                boolean passing =
                        name.toString().endsWith(".new") || name.toString().equals(RUNNING);
                if (!ofDatabase && !passing) {
                    copy(file, to.resolve(name.toString()));
                }
            }
        }
    }

    /// Keys among them are for their owner only, as where they came from.
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        force(to);
    }

    private static List<Copied> list(Path folder) throws IOException {
        List<Copied> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.add(copied(folder, file));
            }
        }
        return files;
    }

    private static Copied copied(Path folder, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int read = digested.read(buffer); read >= 0; read = digested.read(buffer)) {
                bytes += read;
            }
            return new Copied(
                    folder.relativize(file).toString().replace('\\', '/'),
                    bytes,
                    HexFormat.of().formatHex(digested.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void privateFolder(Path folder) throws IOException {
        Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static BackupException failed(String what, IOException e) {
        return new BackupException(
                what + ": " + e.getMessage(),
                "check that the folder belongs to the user that runs this, and that there is space");
    }
}
