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
                        "what the server keeps about its streams: the one SQL class of that package"),
                permit("context.Handle", "runs the SQL of contexts on the connection that is lent"),
                permit("context.Query", "the same for what they ask"),
                permit(
                        "context.ChangeTables",
                        "what every context of HQ that changes masters keeps of changes: the one SQL class of that"),
                permit("context.SqlFailed", "what became of it, for the database to tell apart"));
    }

    List<Permit> fronts() {
        return List.of(
                permit(
                        "store.payments.CashOffice",
                        "the second front of payments: days, shifts and drawers"),
                permit("store.payments.NoTerminal", "an end of a port, for main to plug in"),
                permit("store.payments.SimulatedTerminal", "an end of a port, for main to plug in"),
                permit(
                        "store.payments.SimulatedGiftCards",
                        "an end of a port, for main to plug in"));
    }

    List<Permit> io() {
        return List.of(
                permit(
                        "store.printing.TcpWires",
                        "printers are reached over TCP, and nothing else"),
                permit(
                        "hq.sales.PosLogXml",
                        "the JDK writes XML to a Writer: this one is a text in memory"));
    }

    List<Permit> json() {
        return List.of(
                permit(
                        "node.http.HttpHost",
                        "quotes one text: what is no proper HTTP never reaches the endpoint that speaks JSON"),
                permit(
                        "pricing.JsonTree",
                        "reads promotions with the line of every fault, for a library that needs nothing but language"));
    }

    List<Permit> httpClient() {
        return List.of(
                permit("node.http.HqRoute", "the one place that makes a client of HQ's"),
                permit("node.http.HqCalls", "asks HQ what is asked before there is a link"),
                permit("node.http.WireDialer", "the link's WebSocket, which is no stream"),
                permit("node.http.ClientWire", "the link's WebSocket, which is no stream"));
    }

    List<Permit> waiting() {
        return List.of(
                permit("stream.Pacer", "is the door: the real way to wait, which main hands in"),
                permit(
                        "stream.sqlite.Readers",
                        "waits for a free connection, so long and no longer"),
                permit(
                        "node.http.Secured",
                        "handshakes take turns, and wait so long and no longer"),
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
                permit("stream.memory.MemoryDisk", "is copied under the same lock"),
                permit("node.link.Inbox", "a wire's thread puts in, a session's takes out"),
                permit("node.link.SharedRuns", "many sessions want the same run, and one makes it"),
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
                permit(
                        "node.http.Secured",
                        "records of one connection are sealed one after the other"),
                permit(
                        "node.http.ServerWire",
                        "messages of many threads take turns; a farewell waits for none of them"),
                permit(
                        "node.http.ClientWire",
                        "messages of many threads take turns; the HTTP client hears on its own threads"),
                permit("node.http.WireDialer", "looking up a name and connecting take their time"),
                permit("node.http.HqRoute", "the HTTP client's work is done on virtual threads"),
                permit(
                        "app.shop.Shared",
                        "a till that waits for its receipt takes part in following"),
                permit(
                        "app.feed.FeedReader",
                        "what changes is put in by many, and a screen's feed waits for it, with the Pacer"),
                permit("app.Stopping", "main waits here for the signal to stop"),
                permit("app.line.BadLine", "a thread accepts, and any may change the line"),
                permit(
                        "app.line.Connection",
                        "two threads for each direction, so that delay adds up nowhere"),
                permit("app.line.Pipe", "one thread sends, another receives when it is time"),
                permit("app.line.LineCommand", "main waits here to be killed"),
                permit(
                        "app.printer.VirtualPrinter",
                        "a thread takes what is sent, and any may change the printer"),
                permit("app.printer.PaperTray", "the printer's thread puts in, a page shows"),
                permit("app.printer.PrinterCommand", "main waits here to be killed"),
                permit("app.replay.Replay", "main waits here until all stores are done"));
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
                permit("node.link.StoreLink", "what nobody foresaw ends a wire, not the link"),
                permit("node.link.HqSession", "what nobody foresaw ends a wire, and no other"),
                permit("node.http.ServerWire", "failing ears end their wire, and no other"),
                permit("node.http.ClientWire", "failing ears end their wire, which says so"),
                permit("node.http.WireDialer", "who dials is told, whatever went wrong"),
                permit(
                        "app.Upkeep",
                        "what nobody foresaw must not end expiry and compaction for ever"),
                permit("app.Closing", "what fails to close must not keep the rest open"),
                permit("app.Stopping", "says what failed while the process ends"),
                permit(
                        "app.StreamsServer",
                        "gives back what it had opened when the rest cannot start"));
    }

    List<Permit> statics() {
        return List.of(
                permit("language.Json", "Jackson's mappers cannot be changed once they are made"),
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
