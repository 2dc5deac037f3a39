package dev.skerry.stream;

import dev.skerry.stream.Streams.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Answers everything and does nothing: what the contract suites must be able to tell from a database.
final class DoNothingDatabase implements Database<DoNothingDatabase.DoNothing> {

    static final class DoNothing implements Transaction {

        @Override
        public void open(StreamName stream, StreamSettings settings) {}

        @Override
        public void openAt(
                StreamName stream, StreamSettings settings, long offset, Checksum checksum) {}

        @Override
        public void delete(StreamName stream) {}

        @Override
        public boolean exists(StreamName stream) {
            return true;
        }

        @Override
        public long append(StreamName stream, List<NewEvent> events) {
            return events.size();
        }

        @Override
        public long append(StreamName mirror, Copied copied) {
            return copied.chunk().next();
        }

        @Override
        public Checkpoint end(StreamName stream) {
            return new Checkpoint(0, Checksum.START);
        }

        @Override
        public void dropped(StreamName mirror, long offset) {}

        @Override
        public long dropped(StreamName stream) {
            return 0;
        }

        @Override
        public long tail(StreamName stream) {
            return 0;
        }

        @Override
        public void nested(Runnable work) {
            work.run();
        }

        @Override
        public OptionalLong cursor(String follower) {
            return OptionalLong.empty();
        }

        @Override
        public void moveCursor(String follower, long cursor) {}

        @Override
        public void park(String follower, Event event, String error, Instant at) {}

        @Override
        public boolean parked(String follower, @Nullable String key) {
            return false;
        }

        @Override
        public List<Parked> parked(String follower) {
            return List.of();
        }

        @Override
        public void resolve(
                long parkedId, Resolution resolution, String who, String why, Instant at) {}
    }

    static final class NoEffects implements Effects<DoNothing> {

        @Override
        public void note(DoNothing tx, String line) {}

        @Override
        public List<String> notes(DoNothing tx) {
            return List.of();
        }

        @Override
        public void forgetNotes(DoNothing tx) {}

        @Override
        public List<String> resolutions(DoNothing tx, String follower) {
            return List.of();
        }
    }

    @Override
    public <R extends @Nullable Object> R write(Work<DoNothing, R> work) {
        return work.run(new DoNothing());
    }

    @Override
    public boolean upkeep() {
        return false;
    }

    @Override
    public Optional<StreamInfo> find(StreamName name) {
        return Optional.of(new StreamInfo(name, StreamSettings.keepAll(), 0, 0, Checksum.START, 0));
    }

    @Override
    public List<StreamInfo> matching(StreamPattern pattern) {
        return List.of();
    }

    @Override
    public Read read(StreamName name, long offset, int eventsMax, long bytesMax) {
        return new Read.Page(List.of(), offset, true);
    }

    @Override
    public Backlog backlog(StreamName name, long offset) {
        return Backlog.NONE;
    }

    @Override
    public Optional<Checkpoint> checksum(StreamName name, long offset) {
        return Optional.empty();
    }

    @Override
    public Copy copy(StreamName name, long offset, long bytesMax) {
        return new Copy.Chunks(List.of(), 0);
    }

    @Override
    public EventSource source(StreamName name, String follower) {
        return new Silence(name.value());
    }

    @Override
    public EventSource source(StreamPattern pattern, String follower) {
        return new Silence(pattern.value());
    }

    private record Silence(String describe) implements EventSource {

        @Override
        public Read read(long cursor, int eventsMax) {
            return new Read.Page(List.of(), cursor, true);
        }

        @Override
        public void passed(long cursor) {}

        @Override
        public Watch watch(Runnable onNews) {
            return () -> {};
        }
    }

    @Override
    public List<KnownFollower> followers() {
        return List.of();
    }

    @Override
    public void forget(String follower) {}

    @Override
    public Watch watch(StreamPattern pattern, Runnable onNews) {
        return () -> {};
    }

    @Override
    public Watch watch(StreamName name, Runnable onNews) {
        return () -> {};
    }

    @Override
    public void close() {}
}
