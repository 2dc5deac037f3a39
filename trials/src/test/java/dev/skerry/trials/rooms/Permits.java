package dev.skerry.trials.rooms;

import dev.skerry.trials.rooms.Rule.Permit;
import java.util.List;

/// Who may break a rule, and why. To add one is a decision: write the reason for those who will ask. One that is no longer
/// needed turns the build red.
///
/// @param root the package above all modules
record Permits(String root) {

    List<Permit> sql() {
        return List.of(
                permit(
                        "stream.server.ServedTables",
                        "what the server keeps about its streams: the one SQL class of that package"));
    }

    List<Permit> json() {
        return List.of(
                permit(
                        "node.http.HttpHost",
                        "quotes one text: what is no proper HTTP never reaches the endpoint that speaks JSON"));
    }

    List<Permit> waiting() {
        return List.of(
                permit("stream.Pacer", "is the door: the real way to wait, which main hands in"),
                permit(
                        "stream.sqlite.Readers",
                        "waits for a free connection, so long and no longer"),
                permit("stream.client.Call", "ends a request that the network never answers"),
                permit(
                        "stream.client.SseFeed",
                        "ends a feed that the network has let die silently"));
    }

    List<Permit> threads() {
        return List.of(
                permit("stream.Driver", "steps whatever can be stepped, a virtual thread each"),
                permit("stream.Pacer", "is how one waits for a signal"),
                permit("stream.sqlite.Writer", "callers take turns at the one write connection"),
                permit("stream.sqlite.Readers", "lends out a few connections"),
                permit("stream.sqlite.ChunkPacker", "compresses beside the writer"),
                permit("stream.sqlite.LogTables", "takes what the packer has made ready"),
                permit("stream.sqlite.Announcer", "tells news without holding up the writer"),
                permit(
                        "stream.sqlite.SqliteDatabase",
                        "checks a large file while it is already in use"),
                permit(
                        "stream.memory.MemoryDatabase",
                        "one lock is its writer; it stands in for SQLite"),
                permit(
                        "stream.server.Reading",
                        "a live reader has a signal to wait for, with the Pacer"),
                permit(
                        "stream.client.StreamClient",
                        "its callers' threads share one random generator"),
                permit(
                        "stream.client.ClientSource",
                        "a driver asks, the HTTP client's threads answer"),
                permit("stream.client.BlockingReading", "drives a reading on its caller's thread"),
                permit("stream.client.ProducerDriver", "drives a producer"),
                permit("stream.client.Call", "the HTTP client answers on its own threads"),
                permit("stream.client.SseFeed", "the HTTP client answers on its own threads"),
                permit(
                        "node.http.Line",
                        "hands the HTTP server its own executor, as that asks for"),
                permit("app.StreamsCommand", "main waits here for the signal to stop"));
    }

    List<Permit> catches() {
        return List.of(
                permit("stream.Follower", "a faulty reader stops its follower, and no one else"),
                permit("stream.Driver", "one failing step must not end the others"),
                permit(
                        "stream.sqlite.SqliteDatabase",
                        "one caller's failing work must not fail its group"),
                permit(
                        "stream.sqlite.SqliteTransaction",
                        "undoes the work that failed, and throws it again"),
                permit(
                        "stream.sqlite.Announcer",
                        "one faulty watcher must not keep the news from the others"),
                permit("node.http.HttpHost", "a failing request is answered, and ends no other"),
                permit(
                        "app.Upkeep",
                        "what nobody foresaw must not end expiry and compaction for ever"),
                permit(
                        "app.StreamsServer",
                        "gives back what it had opened when the rest cannot start"));
    }

    List<Permit> statics() {
        return List.of(
                permit(
                        "stream.server.Coding",
                        "the ten bytes of a gzip header: private, only read"),
                permit(
                        "stream.client.SseParser",
                        "the bytes of a byte order mark: private, only read"));
    }

    private Permit permit(String type, String reason) {
        return new Permit(root + "." + type, reason);
    }
}
