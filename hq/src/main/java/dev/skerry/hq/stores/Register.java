package dev.skerry.hq.stores;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which stores there are, as the link knows them. Any thread.
public interface Register {

    /// A store.
    ///
    /// @param epoch how many machines have been this store; 0 before the first
    /// @param tokenUntil how long a machine may still join as it; null if none may
    /// @param connection null while there is none
    record Registered(
            String id,
            String name,
            String zone,
            long epoch,
            @Nullable Instant tokenUntil,
            @Nullable Connection connection) {}

    /// @param clockAheadMs by how much the store's clock is ahead of HQ's; null if that is not known yet
    record Connection(
            Instant since,
            Instant lastHeard,
            String address,
            String software,
            @Nullable Long clockAheadMs) {}

    /// What HQ has of a stream of a store.
    ///
    /// @param lastAppend when HQ got the last of it; null if it is empty
    record Stream(String name, long tail, long storedBytes, @Nullable Instant lastAppend) {}

    /// The right to join.
    ///
    /// @param token shown this once
    /// @param hq where to
    record Invited(
            String id, String name, String zone, String token, Instant validUntil, String hq) {}

    /// By their ids.
    List<Registered> stores();

    Optional<Registered> find(String id);

    List<Stream> streams(String id);

    /// Registers a store, if it is new, and lets a machine join as it.
    ///
    /// @throws IllegalArgumentException if the id or the zone cannot be one
    Invited invite(String id, String name, String zone);
}
