package dev.skerry.trials.link;

import dev.skerry.stream.Checksum;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read;
import dev.skerry.stream.StreamInfo;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.Streams;
import dev.skerry.stream.Streams.Checkpoint;
import dev.skerry.trials.simulation.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Once all faults are over, and everything has come to rest, everybody has everything: each store has one open machine, mirrors
/// are equal both ways, effects complete, and every sale that was accepted is at HQ or written out for a human.
final class Converged implements Invariant {

    boolean holds(Chain chain) {
        try {
            check(chain);
            return true;
        } catch (Violation e) {
            return false;
        }
    }

    @Override
    public void check(Chain chain) {
        long orders = 0;
        for (Store store : chain.stores) {
            List<Machine> open = store.machines.stream().filter(Machine::open).toList();
            Violation.unless(
                    open.size() == 1,
                    "of the machines of %s these are open: %s; all: %s",
                    store,
                    open,
                    standings(store));
            for (Machine machine : store.machines) {
                Violation.unless(
                        machine.open() || machine.retired(),
                        "%s is %s",
                        machine,
                        machine.standing());
                nothingIsLost(machine);
            }
            for (Store.Own own : store.streams) {
                same(open.getFirst(), own.name(), chain);
            }
            for (Map.Entry<StreamName, Chain.Audience> one : chain.ofHq.entrySet()) {
                if (one.getValue().includes(store)) {
                    same(open.getFirst(), one.getKey(), chain);
                }
            }
            labels(open.getFirst(), chain);
            orders +=
                    chain.hq
                            .database()
                            .find(store.streams.getFirst().name())
                            .map(StreamInfo::tail)
                            .orElse(0L);
        }
        int effects = chain.hq.database().write(Headquarters.JOURNAL::size);
        Violation.unless(effects == orders, "%d orders had %d effects", orders, effects);
    }

    private static List<String> standings(Store store) {
        return store.machines.stream()
                .map(machine -> machine + " " + machine.link().status())
                .toList();
    }

    private static void nothingIsLost(Machine machine) {
        for (Machine.Sale sale : machine.sales) {
            Violation.unless(
                    sale.place().mirrored
                            || machine.store.exports(sale.text())
                            || replaced(machine, sale),
                    "%s, accepted at %s as %s, is lost",
                    sale.text(),
                    machine,
                    sale.place());
        }
    }

    /// Whether it has been compacted away: then a newer one of its key stands for it.
    private static boolean replaced(Machine machine, Machine.Sale sale) {
        StreamName stream = sale.place().stream;
        long offset = sale.place().at.offset() - 1;
        return machine.database().find(stream).orElseThrow().settings().compacted()
                && ((Read.Page) machine.database().read(stream, offset, 1, Long.MAX_VALUE))
                        .events().stream().noneMatch(event -> event.offset() == offset);
    }

    private static void same(Machine machine, StreamName stream, Chain chain) {
        Checkpoint here = end(machine.database(), stream);
        Checkpoint there = end(chain.hq.database(), stream);
        Violation.unless(
                here.equals(there),
                "%s ends at %s at %s, and at %s at HQ",
                stream,
                here,
                machine,
                there);
        Optional<StreamInfo> info = machine.database().find(stream);
        if (info.isPresent() && info.get().settings().compacted()) {
            Map<String, String> state = state(machine.database(), stream);
            Map<String, String> stateThere = state(chain.hq.database(), stream);
            Violation.unless(
                    state.equals(stateThere),
                    "%s says %s at %s, and %s at HQ",
                    stream,
                    state,
                    machine,
                    stateThere);
        }
    }

    private static Checkpoint end(Streams streams, StreamName stream) {
        return streams.find(stream)
                .map(info -> new Checkpoint(info.tail(), info.checksum()))
                .orElse(new Checkpoint(0, Checksum.START));
    }

    private static void labels(Machine machine, Chain chain) {
        if (chain.hq.database().find(Chain.CATALOG).isPresent()) {
            Map<String, String> catalog = state(chain.hq.database(), Chain.CATALOG);
            Map<String, String> labels = machine.database().write(Labels::all);
            Violation.unless(
                    labels.equals(catalog),
                    "the labels of %s are %s, and the catalog is %s",
                    machine,
                    labels,
                    catalog);
        }
    }

    private static Map<String, String> state(Streams streams, StreamName name) {
        Map<String, String> state = new LinkedHashMap<>();
        Read.Page page = (Read.Page) streams.read(name, 0, Integer.MAX_VALUE, Long.MAX_VALUE);
        for (Event event : page.events()) {
            if (event.deletion()) {
                state.remove(event.key());
            } else {
                state.put(String.valueOf(event.key()), event.payload().text());
            }
        }
        return state;
    }
}
