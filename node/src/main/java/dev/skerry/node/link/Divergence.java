package dev.skerry.node.link;

import dev.skerry.node.link.Message.Announce;
import dev.skerry.node.link.Message.Ask;
import dev.skerry.node.link.Message.Sum;
import dev.skerry.stream.Event;
import dev.skerry.stream.Limits;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Checkpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out, by asking HQ for checksums, from which offset on each stream of a fenced store is not what HQ has. For one thread.
///
/// Where a checksum is not known on either side, the streams count as different there: rather too much is written out than too
/// little.
final class Divergence {

    /// A part of a stream that HQ does not have: all from there on, what is written meanwhile included.
    private record Unseen(StreamName stream, long from) {}

    /// A stream being looked at. Equal before `equal`, different before `different`.
    private static final class Search {
        final StreamName stream;
        long equal;
        long different;
        long asked;

        Search(StreamName stream, long first) {
            this.stream = stream;
            this.different = first + 1;
            this.asked = first;
        }
    }

    private final Homes homes;
    private final Deque<Search> searches = new ArrayDeque<>();
    private final List<Unseen> unseen = new ArrayList<>();

    /// @param mirrors the store's streams as HQ has them
    Divergence(Homes homes, List<StreamInfo> own, List<Announce> mirrors) {
        this.homes = homes;
        for (StreamInfo info : own) {
            long common =
                    mirrors.stream()
                            .filter(mirror -> mirror.name().equals(info.name()))
                            .mapToLong(mirror -> Math.min(mirror.tail().offset(), info.tail()))
                            .findFirst()
                            .orElse(0);
            if (common == 0) {
                unseen.add(new Unseen(info.name(), 0));
            } else {
                searches.add(new Search(info.name(), common));
            }
        }
    }

    /// What to ask HQ next; null if all is known.
    @Nullable Ask question() {
        Search search = searches.peekFirst();
        return search == null ? null : new Ask(search.stream, search.asked);
    }

    /// Takes an answer.
    void answered(Sum sum) {
        Search search = searches.peekFirst();
        if (search == null || !search.stream.equals(sum.name())) {
            throw LinkException.broken("a checksum that was not asked for: " + sum.name());
        }
        Optional<Checkpoint> here =
                homes.of(search.stream).streams().checksumAt(search.stream, search.asked);
        if (here.equals(Optional.of(sum.checkpoint()))) {
            search.equal = search.asked;
        } else {
            search.different = search.asked;
        }
        if (search.different - search.equal > 1) {
            search.asked = search.equal + (search.different - search.equal) / 2;
        } else {
            searches.removeFirst();
            unseen.add(new Unseen(search.stream, search.equal));
        }
    }

    /// Hands over every event that HQ does not have.
    void events(Consumer<Event> to) {
        for (Unseen part : unseen) {
            Streams streams = homes.of(part.stream).streams();
            long at = part.from;
            boolean more = true;
            while (more) {
                switch (streams.read(
                        part.stream, at, Limits.PAGE_EVENTS_MAX, Limits.PAGE_BYTES_MAX)) {
                    case Read.Page page -> {
                        page.events().forEach(to);
                        at = page.next();
                        more = !page.events().isEmpty();
                    }
                    case Read.Gone gone -> at = gone.earliest();
                }
            }
        }
    }
}
