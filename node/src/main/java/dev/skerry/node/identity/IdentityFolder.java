package dev.skerry.node.identity;

import dev.skerry.node.identity.IdentityException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// The folder `identity` of a node: small files with private keys, which only their owner can read. A file is there whole or
/// not at all, and what has been written is still there after a power cut. One process at a time.
final class IdentityFolder {

    /// What a crash may leave of a file that was being written. Never read.
    private static final String UNFINISHED = ".new";

    private final Path folder;

    private IdentityFolder(Path folder) {
        this.folder = folder;
    }

    /// The folder in a node's data folder. Is made if it is not there.
    static IdentityFolder in(Path data) {
        Path folder = data.resolve("identity");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(data);
                Files.createDirectory(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
                sync(data);
            }
            // One that came back from a backup may be open to everybody.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw failed("make", folder, e);
        }
        return new IdentityFolder(folder);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(path(name), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", path(name), e);
        }
    }

    /// Puts a file in the place of the one of that name, if there is one.
    void write(String name, String text) {
        Path unfinished = path(name + UNFINISHED);
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel file =
                    FileChannel.open(
                            unfinished,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(unfinished, path(name), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            throw failed("write", path(name), e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
            sync(folder);
        } catch (IOException e) {
            throw failed("delete", path(name), e);
        }
    }

    IdentityException damaged(String name, String remedy, Exception cause) {
        return new IdentityException(
                Kind.DAMAGED,
                path(name) + " is damaged: " + cause.getMessage(),
                remedy,
                false,
                cause);
    }

    /// A file that was renamed stays renamed only once its folder is on the disk.
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static IdentityException failed(String verb, Path path, IOException cause) {
        return new IdentityException(
                Kind.FILES,
                "cannot " + verb + " " + path + ": " + cause,
                "see that the disk has space and the folder belongs to the user who runs this",
                true,
                cause);
    }
}
