package dev.skerry.app;

import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.telemetry.Figures;
import dev.skerry.node.telemetry.NodeMetrics;
import dev.skerry.node.telemetry.Vitals;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import java.io.IOException;
import java.util.List;

/// How HQ is, over HTTP: `GET /api/status`; and for `/metrics`.
///
/// @param name of HQ, for people
/// @param own where HQ's own streams are
record HqRoutes(String name, Estate estate, HqLink link, List<Streams> own, Vitals vitals)
        implements Figures.Source {

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("GET", "/api/status", this::status);
    }

    private void status(Request request) throws IOException {
        request.answerJson(
                200,
                StatusJson.hq(
                                name,
                                vitals,
                                estate.stores(),
                                link.connections(),
                                link.runsMade(),
                                own.stream()
                                        .flatMap(it ->
                                                StatusJson.copies(
                                                        it, it.matching(StreamPattern.of("hq/**")))
                                                        .stream())
                                        .toList())
                        .write());
    }

    @Override
    public void tell(Figures figures) {
        figures.put(NodeMetrics.STORES_KNOWN, estate.stores().size())
                .put(NodeMetrics.STORES_CONNECTED, link.connections())
                .put(NodeMetrics.RUNS_MADE, link.runsMade());
        estate.stores()
                .forEach(store ->
                        figures.put(
                                NodeMetrics.STORE_CONNECTED,
                                link.connection(store.id()).isPresent(),
                                store.id()));
    }
}
