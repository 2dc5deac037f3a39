package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.DISK_FREE_BYTES_MIN;
import static dev.skerry.node.config.NodeSettings.HTTP_HOST;
import static dev.skerry.node.config.NodeSettings.HTTP_PORT;
import static dev.skerry.node.config.NodeSettings.LINK_BANDWIDTH_DOWN;
import static dev.skerry.node.config.NodeSettings.LINK_BANDWIDTH_UP;
import static dev.skerry.node.config.NodeSettings.LINK_PROXY;
import static dev.skerry.node.config.NodeSettings.LINK_WINDOW_BYTES_MAX;
import static dev.skerry.node.config.NodeSettings.SHOP_CURRENCY;
import static dev.skerry.node.config.NodeSettings.SHOP_PAIR_ON_LOOPBACK;

import dev.skerry.app.pages.Pages;
import dev.skerry.app.screens.Screens;
import dev.skerry.app.shop.Line;
import dev.skerry.app.shop.Store;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.Setting;
import dev.skerry.node.http.HqCalls;
import dev.skerry.node.http.HqRoute;
import dev.skerry.node.http.HttpHost;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpProxy;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.WireDialer;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreId;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.node.link.Bandwidth;
import dev.skerry.node.link.Export;
import dev.skerry.node.link.Home;
import dev.skerry.node.link.Homes;
import dev.skerry.node.link.Lanes;
import dev.skerry.node.link.LinkSettings;
import dev.skerry.node.link.LinkStatus;
import dev.skerry.node.link.LinkStatus.Standing;
import dev.skerry.node.link.Names;
import dev.skerry.node.link.StoreLink;
import dev.skerry.node.telemetry.Disk;
import dev.skerry.node.telemetry.Exposition;
import dev.skerry.node.telemetry.LinkFigures;
import dev.skerry.node.telemetry.Readiness;
import dev.skerry.node.telemetry.Vitals;
import dev.skerry.store.staff.StaffRoutes;
import dev.skerry.stream.Driver;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.StreamPattern;
import dev.skerry.stream.Streams;
import dev.skerry.stream.server.Gate;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A store: trades alone while the line is down, and keeps its streams and HQ's in step while it is up.
public final class StoreServer implements AutoCloseable {

    static final int PORT = 4442;

    /// The database of the link: mirrors of HQ's streams, and what the store knows of HQ.
    static final String LINK_FILE = "link.db";

    private static final Set<String> SECRET_FILES = Set.of("staff.db", "loyalty.db");

    private static final String JOIN_ANEW =
            "join anew with a token from HQ: ./skerry store --data … --hq … --join …";

    private static final Duration LINK_LOOKS_EVERY = Duration.ofMillis(100);
    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path data;
    private final InstantSource clock;
    private final Membership member;
    private final ClientStreams streams;
    private final Store store;
    private boolean begun;
    private final StoreLink link;
    private final HttpHost host;
    private final Optional<StoreCertificate> certificate;
    private final String url;

    /// How a machine becomes a store.
    public record Invitation(URI hq, JoinToken token) {}

    /// Starts it.
    ///
    /// @param invitation needed at the first start; null later
    /// @param environment the process's, for the proxy
    /// @throws CannotStart if the folder belongs to no store and there is no invitation, or HQ does not let it join
    public static StoreServer start(
            Path data,
            Configuration configuration,
            @Nullable Invitation invitation,
            Map<String, String> environment) {
        return start(data, configuration, invitation, environment, InstantSource.system());
    }

    /// The same, with the time of day in the shop from outside. Certificates, the link and upkeep go by this machine's clock all the same.
    ///
    /// @param shopClock by which it sells; never goes back
    static StoreServer start(
            Path data,
            Configuration configuration,
            @Nullable Invitation invitation,
            Map<String, String> environment,
            InstantSource shopClock) {
        return new StoreServer(
                Databases.folder(data),
                configuration,
                invitation,
                environment,
                InstantSource.system(),
                shopClock);
    }

    private StoreServer(
            Path data,
            Configuration configuration,
            @Nullable Invitation invitation,
            Map<String, String> environment,
            InstantSource clock,
            InstantSource shopClock) {
        this.data = data;
        this.clock = clock;
        if (Files.exists(data.resolve(HqServer.ESTATE))) {
            throw new CannotStart(
                    data + " is the data folder of an HQ", "use another for the store");
        }
        boolean started = false;
        try {
            SecureRandom random = new SecureRandom();
            StoreIdentity identity = StoreIdentity.open(data, clock, random);
            member = member(invitation, identity, configuration, environment, clock);
            streams = open(new ClientStreams(data, configuration, clock));
            SqliteDatabase mirrors = open(Databases.open(data, LINK_FILE, configuration, clock));
            store =
                    open(
                            new Shop(member, data, configuration, shopClock, random, this::line)
                                    .open(mirrors));
            HqRoute route =
                    new HqRoute(
                            member.hq(),
                            () -> identity.hqTls().context(),
                            proxy(configuration, environment, member.hq()));
            WireDialer dialer = open(new WireDialer(route));
            link =
                    new StoreLink(
                            self(configuration),
                            homes(streams, mirrors, store),
                            dialer,
                            sealing(new ExportFolder(data, clock)),
                            LinkSettings.defaults()
                                    .withWindowBytes(
                                            Math.toIntExact(
                                                    configuration.value(LINK_WINDOW_BYTES_MAX))),
                            clock,
                            new Random());
            Driver lane = open(Drivers.looking(LINK_LOOKS_EVERY, clock));
            lane.drive(link);
            Vitals vitals = vitals(configuration, streams, mirrors, clock);
            Exposition exposition =
                    open(new Exposition(List.of(vitals, new LinkFigures(link::status, clock))));
            HttpSetup setup =
                    HttpHost.at(configuration.value(HTTP_HOST), configuration.value(HTTP_PORT));
            new HealthRoutes(vitals, exposition).addTo(setup);
            new StoreRoutes(member, configuration.value(SHOP_CURRENCY), link, vitals).addTo(setup);
            String secret = Admin.secret(random);
            store.addTo(
                    setup,
                    Version.text(),
                    secret,
                    StaffRoutes.Welcome.valueOf(
                            configuration.value(SHOP_PAIR_ON_LOOPBACK).toUpperCase(Locale.ROOT)),
                    this::requireOpen);
            Pages.store().addTo(setup);
            Screens.store().addTo(setup);
            StoreId id = new StoreId(member.store());
            certificate = StoreCertificate.of(data, id, configuration, clock, random);
            certificate.ifPresent(it -> it.addTo(setup));
            host = open(streams.serve(setup, served(mirrors), this::closed).start());
            Driver upkeep = open(Drivers.looking(UPKEEP_EVERY, clock));
            streams.drive(upkeep, host, link::mayCompact);
            upkeep.drive(new Upkeep("mirror compaction", mirrors::upkeep));
            upkeep.drive(new Upkeep("contexts", () -> link.mayCompact() && store.upkeep()));
            Driver contexts = open(Drivers.looking(UPKEEP_EVERY, clock));
            upkeep.drive(new Upkeep("opening", () -> begin(contexts)));
            upkeep.drive(dialer.wires());
            upkeep.drive(new Renewal(identity, id, new HqCalls(route), clock));
            url =
                    new Listening(configuration.value(HTTP_HOST))
                            .url(certificate.isPresent() ? "https" : "http", host.port());
            new RunningNode("store", url, secret).write(data);
            certificate.ifPresent(it -> {
                it.tell(shown ->
                        new RunningNode("store", url, secret, Certificates.toPem(List.of(shown)))
                                .write(data));
                upkeep.drive(it);
            });
            started = true;
        } finally {
            if (!started) {
                Closing.all(opened);
            }
        }
    }

    /// What clients may read beside their own streams: not who works here with which PIN, nor who buys.
    private List<Streams> served(SqliteDatabase mirrors) {
        List<Streams> all = new ArrayList<>();
        all.add(new Discreet(mirrors, Discreet::isOfPeople));
        store.databases()
                .forEach((file, database) -> {
                    if (!SECRET_FILES.contains(file)) {
                        all.add(database);
                    }
                });
        return all;
    }

    private <C extends AutoCloseable> C open(C part) {
        opened.push(part);
        return part;
    }

    private Membership member(
            @Nullable Invitation invitation,
            StoreIdentity identity,
            Configuration configuration,
            Map<String, String> environment,
            InstantSource clock) {
        Joining joining =
                new Joining(
                        data,
                        identity,
                        hq -> proxy(configuration, environment, hq),
                        file -> Databases.open(data, file, configuration, clock),
                        clock);
        return invitation != null
                ? joining.join(invitation.hq(), invitation.token())
                : joining.joined()
                        .orElseThrow(() ->
                                new CannotStart(
                                        data + " belongs to no store yet",
                                        "join one: at HQ run ./skerry hq store add 0042 \"Main Street\" --data …, and start this with the --hq and --join that it prints"));
    }

    private Vitals vitals(
            Configuration configuration,
            ClientStreams streams,
            SqliteDatabase mirrors,
            InstantSource clock) {
        return Vitals.of(
                new Vitals.Self("store", Names.ofStore(member.store()), Version.text()),
                new Disk(data, configuration.value(DISK_FREE_BYTES_MIN)),
                databases(streams, mirrors),
                List.of(Readiness.open(link::standing)),
                clock);
    }

    private Map<String, SqliteDatabase> databases(ClientStreams streams, SqliteDatabase mirrors) {
        Map<String, SqliteDatabase> all = new TreeMap<>(store.databases());
        all.put(ClientStreams.FILE, streams.database());
        all.put(LINK_FILE, mirrors);
        return all;
    }

    /// What this machine wrote and HQ never got is written out when nothing more can be added to it: a sale that was let in before the
    /// machine was fenced is either in the file, or was never answered.
    private Export sealing(Export folder) {
        return (name, why, events) -> {
            List<SqliteDatabase> own = new ArrayList<>(store.databases().values());
            own.add(streams.database());
            own.forEach(database -> database.seal(why, JOIN_ANEW));
            return folder.write(name, why, events);
        };
    }

    private static Optional<HttpProxy> proxy(
            Configuration configuration, Map<String, String> environment, URI hq) {
        String setting = configuration.value(LINK_PROXY);
        return switch (setting) {
            case "none" -> Optional.empty();
            case "environment" ->
                    HttpProxy.fromEnvironment(
                            either(environment, "HTTPS_PROXY", "https_proxy"),
                            either(environment, "NO_PROXY", "no_proxy"),
                            hq);
            default -> HttpProxy.fromEnvironment(setting, "", hq);
        };
    }

    private static String either(Map<String, String> environment, String one, String other) {
        return environment.getOrDefault(one, environment.getOrDefault(other, ""));
    }

    private StoreLink.Self self(Configuration configuration) {
        return new StoreLink.Self(
                member.store(),
                Version.text(),
                new StoreLink.Enrolled(member.epoch(), member.restores()),
                Lanes.defaults(),
                bandwidth(configuration, LINK_BANDWIDTH_UP),
                bandwidth(configuration, LINK_BANDWIDTH_DOWN));
    }

    private static Bandwidth bandwidth(Configuration configuration, Setting<String> setting) {
        try {
            return Bandwidth.parse(configuration.value(setting), ZoneId.systemDefault());
        } catch (IllegalArgumentException e) {
            throw new CannotStart(setting.key() + ": " + e.getMessage(), "mend the setting");
        }
    }

    private static Homes homes(ClientStreams streams, SqliteDatabase mirrors, Store store) {
        Home<?> link = home(mirrors);
        List<Homes.Place> places = new ArrayList<>();
        places.add(new Homes.Place(StreamPattern.of("hq/**"), link));
        places.add(new Homes.Place(StreamPattern.of(Names.LOCAL + "link"), link));
        store.streams()
                .forEach((stream, database) -> places.add(new Homes.Place(stream, home(database))));
        return new Homes(
                places,
                new Home<>(
                        streams.database(),
                        streams.served()::adopt,
                        streams.served()::contentType));
    }

    private static Home<?> home(SqliteDatabase database) {
        return new Home<>(database, (_, _, _) -> {}, _ -> "application/json");
    }

    /// Contexts begin once this machine may write, and go on from then.
    private boolean begin(Driver contexts) {
        if (!begun && link.standing() instanceof Standing.Open) {
            begun = true;
            store.drive(contexts);
        }
        return false;
    }

    private void requireOpen() {
        standing()
                .ifPresent(it -> {
                    throw new HttpProblem(
                            503,
                            "store-not-open",
                            "This machine does not trade now",
                            it.why(),
                            it.forNow() ? Map.of("Retry-After", "5") : Map.of());
                });
    }

    private Line line() {
        // Asked by contexts, some of which are there before the link is.
        StoreLink there = link;
        if (there == null) {
            return new Line(false, clock.instant(), 0, null);
        }
        LinkStatus status = there.status();
        return new Line(
                status.line() == LinkStatus.Line.UP,
                status.since(),
                status.eventsWaitingUp(),
                status.oldestWaitingUp());
    }

    /// Clients write what is the store's, while this machine is the store. What goes to HQ is a fact, which does not end or vanish.
    private Optional<Gate.Closed> closed(Gate.Act act, StreamName stream) {
        if (store.streams().keySet().stream().anyMatch(it -> it.matches(stream))) {
            return Optional.of(
                    new Gate.Closed(
                            stream + " is written by the store itself: ask its API under /api",
                            false));
        }
        if (stream.value().startsWith(Names.LOCAL)) {
            return Optional.empty();
        }
        String own = Names.ofStore(member.store());
        if (!Names.isOf(member.store(), stream)) {
            return Optional.of(
                    new Gate.Closed(
                            "this store writes %s/… (which goes to HQ) and local/… (which stays here): %s is neither"
                                    .formatted(own, stream),
                            false));
        }
        if (act == Gate.Act.CREATE_PASSING || act == Gate.Act.DELETE) {
            return Optional.of(
                    new Gate.Closed(
                            "%s goes to HQ: it is not deleted, does not end and is no fork. Use local/… for what may"
                                    .formatted(stream),
                            false));
        }
        return standing();
    }

    /// Why this machine may not write what is the store's; empty if it may.
    private Optional<Gate.Closed> standing() {
        return switch (link.standing()) {
            case Standing.Open _ -> Optional.empty();
            case Standing.Asking _ ->
                    Optional.of(
                            new Gate.Closed(
                                    "the store has just started, and asks HQ whether it is still the store",
                                    true));
            case Standing.Restoring restoring ->
                    Optional.of(
                            new Gate.Closed(
                                    "the store fetches back from HQ what it wrote on another machine"
                                            + (restoring.eventsLeft() < 0
                                                    ? ", and has no line"
                                                    : ": %d events to go"
                                                            .formatted(restoring.eventsLeft())),
                                    true));
            case Standing.TurnedAway away -> Optional.of(new Gate.Closed(away.why(), true));
            case Standing.Fenced fenced ->
                    Optional.of(new Gate.Closed(fenced.why() + ": " + JOIN_ANEW, false));
        };
    }

    /// The database of the store's own streams, for a program that runs a store inside itself. What is written here is not asked
    /// whether this machine is still the store: [#status] says so.
    public SqliteDatabase streams() {
        return streams.database();
    }

    public int port() {
        return host.port();
    }

    /// Where programs on this machine reach it.
    String url() {
        return url;
    }

    /// What devices are to trust; empty if the store speaks plain HTTP, or shows a certificate from elsewhere.
    Optional<X509Certificate> root() {
        return certificate.flatMap(StoreCertificate::root);
    }

    Membership member() {
        return member;
    }

    public LinkStatus status() {
        return link.status();
    }

    @Override
    public void close() {
        RunningNode.gone(data);
        Closing.all(opened);
    }
}
