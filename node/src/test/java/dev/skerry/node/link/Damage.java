package dev.skerry.node.link;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.Chunk;
import dev.skerry.stream.Database;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamException.Kind;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams.Copy;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a disk has done to single streams of a database: seen by those who copy them.
final class Damage {

    /// Of these a bit is wrong.
    private final Set<StreamName> flipped = new HashSet<>();

    /// These the disk does not give back.
    private final Set<StreamName> unreadable = new HashSet<>();

    /// How often anybody has tried to copy one of them.
    int copies;

    void flip(String stream) {
        flipped.add(StreamName.of(stream));
    }

    void tear(String stream) {
        unreadable.add(StreamName.of(stream));
    }

    void mend() {
        flipped.clear();
        unreadable.clear();
    }

    /// The database, as it is seen.
    @SuppressWarnings("unchecked")
    Database<MemoryTransaction> of(MemoryDatabase database) {
        return (Database<MemoryTransaction>)
                Proxy.newProxyInstance(
                        Database.class.getClassLoader(),
                        new Class<?>[] {Database.class},
                        (_, method, arguments) ->
                                method.getName().equals("copy")
                                        ? copy(
                                                (StreamName) arguments[0],
                                                (Copy) call(database, method, arguments))
                                        : call(database, method, arguments));
    }

    private Copy copy(StreamName stream, Copy sound) {
        if (unreadable.contains(stream)) {
            copies++;
            throw new StreamException(Kind.IO, "a bad sector", "", true, null);
        }
        if (!flipped.contains(stream) || !(sound instanceof Copy.Chunks chunks)) {
            return sound;
        }
        copies++;
        List<Chunk> wrong = chunks.chunks().stream().map(Damage::flip).toList();
        return new Copy.Chunks(wrong, chunks.dropped());
    }

    private static Chunk flip(Chunk chunk) {
        byte[] data = chunk.data().copy();
        data[data.length - 1] ^= 1;
        return new Chunk(
                chunk.first(),
                chunk.next(),
                chunk.before(),
                chunk.after(),
                chunk.packedFrom(),
                Bytes.of(data));
    }

    private static Object call(MemoryDatabase on, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
