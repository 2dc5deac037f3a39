package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.DISK_FREE_BYTES_MIN;
import static dev.skerry.node.config.NodeSettings.HQ_NAME;
import static dev.skerry.node.config.NodeSettings.HTTP_HOST;
import static dev.skerry.node.config.NodeSettings.HTTP_PORT;
import static dev.skerry.node.config.NodeSettings.LINK_HOST;
import static dev.skerry.node.config.NodeSettings.LINK_PORT;
import static dev.skerry.node.config.NodeSettings.LINK_WINDOW_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.SHOP_CURRENCY;
import static dev.skerry.node.config.NodeSettings.SHOP_REQUESTS_KNOWN;
import static java.util.Objects.requireNonNull;

import dev.skerry.app.chain.ReferencePlace;
import dev.skerry.app.headquarters.Headquarters;
import dev.skerry.app.pages.Pages;
import dev.skerry.app.screens.Screens;
import dev.skerry.hq.stores.Register;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.WireMount;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.Home;
import dev.skerry.node.link.Homes;
import dev.skerry.node.link.HqLink;
import dev.skerry.node.link.HqSettings;
import dev.skerry.node.link.Lanes;
import dev.skerry.node.link.Names;
import dev.skerry.node.telemetry.Disk;
import dev.skerry.node.telemetry.Exposition;
import dev.skerry.node.telemetry.Vitals;
import dev.skerry.stream.Driver;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.Gate;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Headquarters: takes in what its stores send, and sends them what HQ writes.
///
/// Two listeners: one over plain HTTP for people and programs at HQ, on loopback unless said otherwise; and one over mutual TLS for stores.
public final class HqServer implements AutoCloseable {

    static final int PORT = 4440;

    static final String ESTATE = "estate.db";

    /// Sessions look at the time so often, besides at news.
    private static final Duration SESSIONS_LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

    /// What has been opened, last first.
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final Path data;
    private final ClientStreams streams;
    private final SqliteDatabase mirrors;
    private final Headquarters headquarters;
    private final HqLink link;
    private final HttpHost host;
    private final HttpHost wires;
    private final Optional<String> newAdminToken;

    /// Starts it. The first start makes everything: databases, certificate authority, admin token.
    public static HqServer start(Path data, Configuration configuration) {
        return new HqServer(Databases.folder(data), configuration, InstantSource.system());
    }

    private HqServer(Path data, Configuration configuration, InstantSource clock) {
        this.data = data;
        Membership.find(data)
                .ifPresent(member -> {
                    throw new CannotStart(
                            "%s is the data folder of store %s".formatted(data, member.store()),
                            "use another for HQ");
                });
        boolean started = false;
        try {
            SecureRandom random = new SecureRandom();
            streams = open(new ClientStreams(data, configuration, clock));
            HqPlace.requireMoved(data, streams.database());
            mirrors = open(Databases.open(data, ESTATE, configuration, clock));
            Authority authority = Authority.open(data, clock, random);
            Estate estate = new Estate(mirrors, clock, random);
            Register register =
                    new EstateRegister(
                            estate,
                            this::connection,
                            mirrors,
                            new Invitations(
                                    estate, authority, configuration, clock, this::linkPort),
                            clock);
            headquarters =
                    open(
                            new Headquarters(
                                    (file, tables) ->
                                            Databases.open(
                                                    data, file, configuration, clock, tables),
                                    new Headquarters.Around(
                                            mirrors, streams.database(), register, Pacer.REAL),
                                    configuration.value(SHOP_REQUESTS_KNOWN),
                                    Currency.getInstance(configuration.value(SHOP_CURRENCY)),
                                    clock,
                                    new TimeOrderedIds(clock, random),
                                    random));
            Admin admin = Admin.of(data, random);
            newAdminToken = admin.newToken();
            Driver sessions = open(Drivers.looking(SESSIONS_LOOK_EVERY, clock));
            link =
                    new HqLink(
                            estate,
                            homes(streams, mirrors, headquarters),
                            Lanes.defaults(),
                            Version.text(),
                            configuration.value(HQ_NAME),
                            HqSettings.defaults()
                                    .withWindowBytes(
                                            Math.toIntExact(
                                                    configuration.value(LINK_WINDOW_BYTES_MAX))),
                            hosting(sessions),
                            clock);
            sessions.drive(link);
            HqCertificate certificate = new HqCertificate(authority, clock);
            wires = open(wires(configuration, certificate, authority, estate, link));
            Vitals vitals = vitals(configuration, clock);
            HqRoutes status =
                    new HqRoutes(configuration.value(HQ_NAME), estate, link, written(), vitals);
            Exposition exposition = open(new Exposition(List.of(vitals, status)));
            HttpSetup setup =
                    HttpHost.at(configuration.value(HTTP_HOST), configuration.value(HTTP_PORT));
            new HealthRoutes(vitals, exposition).addTo(setup);
            status.addTo(setup);
            new ReferenceRoutes(reference(), admin).addTo(setup);
            headquarters.addTo(setup, admin::is, Version.text());
            Pages.hq().addTo(setup);
            Screens.hq().addTo(setup);
            host = open(streams.serve(setup, served(), new Writable(headquarters)).start());
            Driver upkeep = open(Drivers.looking(UPKEEP_EVERY, clock));
            streams.drive(upkeep, host, () -> true);
            upkeep.drive(new Upkeep("estate compaction", mirrors::upkeep));
            upkeep.drive(new Upkeep("contexts", headquarters::upkeep));
            upkeep.drive(certificate);
            headquarters.drive(open(Drivers.looking(UPKEEP_EVERY, clock)));
            sessions.drive(wires.connections());
            String url = new Listening(configuration.value(HTTP_HOST)).url("http", host.port());
            new RunningNode("hq", url, admin.secret()).write(data);
            started = true;
        } finally {
            if (!started) {
                closeAll();
            }
        }
    }

    private Optional<HqLink.Connection> connection(String store) {
        // Asked by contexts, which are there before the link is.
        HqLink there = link;
        return there == null ? Optional.empty() : there.connection(store);
    }

    /// Where HQ's own streams are.
    private List<Streams> written() {
        List<Streams> all = new ArrayList<>(databases().values());
        all.add(streams.database());
        return all;
    }

    private <C extends AutoCloseable> C open(C part) {
        opened.push(part);
        return part;
    }

    private Vitals vitals(Configuration configuration, InstantSource clock) {
        Map<String, SqliteDatabase> databases = new TreeMap<>(headquarters.databases());
        databases.put(ClientStreams.FILE, streams.database());
        databases.put(ESTATE, mirrors);
        return Vitals.of(
                new Vitals.Self("hq", "hq", Version.text()),
                new Disk(data, configuration.value(DISK_FREE_BYTES_MIN)),
                databases,
                List.of(),
                clock);
    }

    /// What clients may read beside their own streams: nothing that is known of people.
    private List<Streams> served() {
        List<Streams> all = new ArrayList<>();
        all.add(new Discreet(mirrors, Discreet::isOfPeople));
        headquarters
                .databases()
                .forEach((_, it) -> all.add(new Discreet(it, Discreet::isOfPeople)));
        return all;
    }

    private static Homes homes(
            ClientStreams streams, SqliteDatabase mirrors, Headquarters headquarters) {
        List<Homes.Place> places = new ArrayList<>();
        places.add(new Homes.Place(StreamPattern.of(Names.ofStore("*") + "/**"), home(mirrors)));
        headquarters
                .streams()
                .forEach((stream, it) -> places.add(new Homes.Place(stream, home(it))));
        return new Homes(
                places,
                new Home<>(streams.database(), (_, _, _) -> {}, streams.served()::contentType));
    }

    private static Home<?> home(SqliteDatabase database) {
        return new Home<>(database, (_, _, _) -> {}, _ -> "application/json");
    }

    private static HqLink.Hosting hosting(Driver sessions) {
        return new HqLink.Hosting() {
            @Override
            public void start(Steps session) {
                sessions.drive(session);
            }

            @Override
            public void stop(Steps session) {
                sessions.dismiss(session);
            }
        };
    }

    private static HttpHost wires(
            Configuration configuration,
            HqCertificate certificate,
            Authority authority,
            Estate estate,
            HqLink link) {
        return new JoinRoutes(estate, link, authority)
                .addTo(
                        HttpHost.at(configuration.value(LINK_HOST), configuration.value(LINK_PORT))
                                .tls(certificate::context)
                                .strangers(estate::strangerRefused)
                                .wires(new WireMount("/v1/link", link).busy(link::busy)))
                .start();
    }

    /// Stores write what is theirs, and over the link only. What goes to stores is a fact, which does not end or vanish. What is known of
    /// people is written and read by who has the admin token, which is not asked for here.
    private record Writable(Headquarters headquarters) implements Gate {

        @Override
        public boolean hides(StreamName stream) {
            return Discreet.isOfPeople(stream);
        }

        @Override
        public Optional<Closed> closed(Act act, StreamName stream) {
            return headquarters.streams().keySet().stream().anyMatch(it -> it.matches(stream))
                    ? Optional.of(
                            new Closed(
                                    stream
                                            + " is written by HQ itself: ask its API under /api, or publish by POST /api/reference/",
                                    false))
                    : HqServer.closed(act, stream);
        }
    }

    private static Optional<Gate.Closed> closed(Gate.Act act, StreamName stream) {
        if (Discreet.isOfPeople(stream) && Names.isOfHq(stream)) {
            return Optional.of(
                    new Gate.Closed(
                            "%s is about people: publish to it by POST /api/reference/, with the admin token"
                                    .formatted(stream),
                            false));
        }
        if (stream.value().startsWith(Names.LOCAL)) {
            return Optional.empty();
        }
        if (!Names.isOfHq(stream)) {
            return Optional.of(
                    new Gate.Closed(
                            "HQ writes hq/… (which goes to stores) and local/… (which stays here): %s is neither"
                                    .formatted(stream),
                            false));
        }
        return switch (act) {
            case CREATE, APPEND -> Optional.empty();
            case CREATE_PASSING, DELETE ->
                    Optional.of(
                            new Gate.Closed(
                                    "%s goes to stores: it is not deleted, does not end and is no fork. Use local/… for what may"
                                            .formatted(stream),
                                    false));
        };
    }

    /// HQ's copies of what stores write, for a program that runs HQ inside itself.
    public Streams mirrors() {
        return mirrors;
    }

    /// The contexts' databases by the names of their files, for the same.
    Map<String, SqliteDatabase> databases() {
        return headquarters.databases();
    }

    /// The database of those of HQ's own streams that no context owns, for the same.
    public SqliteDatabase streams() {
        return streams.database();
    }

    /// Where its catalogue, prices and so on are published, for the same.
    ReferencePlace reference() {
        return HqPlace.of(streams, file -> requireNonNull(databases().get(file), file));
    }

    public int port() {
        return host.port();
    }

    /// Where stores come in.
    public int linkPort() {
        return wires.port();
    }

    /// The admin token, if this was the first start: it is kept nowhere else.
    public Optional<String> newAdminToken() {
        return newAdminToken;
    }

    @Override
    public void close() {
        RunningNode.gone(data);
        closeAll();
    }

    private void closeAll() {
        Closing.all(opened);
    }
}
