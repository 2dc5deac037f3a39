package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.JsonObject;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Source;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreId;
import dev.skerry.node.identity.StoreIdentity;
import dev.skerry.node.link.Estate;
import dev.skerry.stream.Event;
import dev.skerry.stream.Read;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A store that its devices reach over HTTPS, and its HQ; both in this process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreTlsTest {

    private static final int SILENT_MS_MAX = 60_000;

    private final SecureRandom random = new SecureRandom();
    private Path folder;
    private Path data;
    private HqServer hq;
    private StoreServer store;

    @BeforeAll
    void start(@TempDir Path given) {
        folder = given;
        data = folder.resolve("store");
        hq = HqServer.start(folder.resolve("hq"), configuration(Map.of("link.port", "0")));
        store = open(invitation(), Map.of("http.tls", "on", "http.tls-names", "pos.example"));
    }

    @AfterAll
    void stop() {
        store.close();
        hq.close();
    }

    private static Configuration configuration(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("http.port", "0");
        return Configuration.load(NodeSettings.SCHEMA, List.of(Source.options(settings)));
    }

    private StoreServer.Invitation invitation() {
        RunningNode running = RunningNode.find(folder.resolve("hq")).orElseThrow();
        JsonObject invited =
                new NodeCalls(running)
                        .post(
                                "/api/stores",
                                JsonObject.empty()
                                        .with("id", "0042")
                                        .with("name", "Main Street")
                                        .with("zone", "north"));
        return new StoreServer.Invitation(
                URI.create("https://127.0.0.1:" + hq.linkPort()),
                JoinToken.parse(invited.text("token")));
    }

    private StoreServer open(StoreServer.Invitation invitation, Map<String, String> settings) {
        return StoreServer.start(data, configuration(settings), invitation, Map.of());
    }

    /// A device that trusts a root, and nothing else.
    private static HttpClient device(X509Certificate root) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(root), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static TrustManager[] trust(X509Certificate root) throws Exception {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("root", root);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        return trust.getTrustManagers();
    }

    private X509Certificate root() throws IOException {
        return Certificates.fromPem(Files.readString(data.resolve("store-ca.pem"))).getFirst();
    }

    private HttpResponse<String> get(HttpClient device, String path) throws Exception {
        return device.send(
                HttpRequest.newBuilder(URI.create(store.url() + path)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void a_device_that_trusts_the_stores_root_is_served() throws Exception {
        assertTrue(store.url().startsWith("https://127.0.0.1:"), store.url());
        try (HttpClient device = device(root())) {
            assertEquals(200, get(device, "/health/live").statusCode());
            HttpResponse<String> found = get(device, "/store-ca.pem");
            assertEquals(List.of(root()), Certificates.fromPem(found.body()));
            assertEquals(Optional.of(root()), store.root());
        }
    }

    @Test
    void a_device_that_does_not_trust_it_refuses_to_talk() throws Exception {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            assertThrows(SSLHandshakeException.class, () -> get(stranger, "/health/live"));
        }
    }

    @Test
    void the_links_to_streams_are_https_too() throws Exception {
        try (HttpClient device = device(root())) {
            HttpResponse<String> made =
                    device.send(
                            HttpRequest.newBuilder(URI.create(store.url() + "/v1/stream/local/x"))
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            assertEquals(
                    store.url() + "/v1/stream/local/x",
                    made.headers().firstValue("Location").orElseThrow());
        }
    }

    @Test
    void commands_on_the_same_machine_find_it_whatever_its_certificate_says() {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        assertEquals(0, line.execute("status", "--data", data.toString()), out::toString);
        assertTrue(out.toString().contains("0042"), out::toString);
    }

    @Test
    void a_command_talks_to_nobody_who_only_sits_on_its_port() {
        RunningNode real = RunningNode.find(data).orElseThrow();
        X509Certificate another =
                Authority.open(folder.resolve("another"), InstantSource.system(), random)
                        .certificate();
        RunningNode other =
                new RunningNode("store", real.url(), "", Certificates.toPem(List.of(another)));
        assertTrue(NodeCalls.answers(real));
        assertFalse(NodeCalls.answers(other));
    }

    // ---- which TLS

    private Optional<X509Certificate> rootWith(Map<String, String> settings) {
        return StoreCertificate.of(
                        folder.resolve("some"),
                        new StoreId("0043"),
                        configuration(settings),
                        InstantSource.system(),
                        random)
                .flatMap(StoreCertificate::root);
    }

    @Test
    void on_loopback_there_is_none_unless_it_is_wanted_and_elsewhere_unless_it_is_not() {
        assertTrue(rootWith(Map.of()).isEmpty());
        assertTrue(rootWith(Map.of("http.host", "localhost")).isEmpty());
        assertTrue(rootWith(Map.of("http.tls", "on")).isPresent());
        assertTrue(rootWith(Map.of("http.host", "0.0.0.0")).isPresent());
        assertTrue(rootWith(Map.of("http.host", "::")).isPresent());
        assertTrue(rootWith(Map.of("http.host", "10.1.0.5")).isPresent());
        assertTrue(rootWith(Map.of("http.host", "0.0.0.0", "http.tls", "off")).isEmpty());
    }

    @Test
    void a_certificate_without_its_key_is_a_mistake_in_the_settings() {
        CannotStart told =
                assertThrows(
                        CannotStart.class,
                        () -> rootWith(Map.of("http.tls-certificate", "/etc/chain.pem")));
        assertTrue(told.toString().contains("http.tls-key"), told::toString);
    }

    @Test
    void files_that_are_not_there_keep_the_store_from_starting_and_are_named() {
        IdentityException told =
                assertThrows(
                        IdentityException.class,
                        () ->
                                rootWith(
                                        Map.of(
                                                "http.tls",
                                                "on",
                                                "http.tls-certificate",
                                                folder.resolve("none.pem").toString(),
                                                "http.tls-key",
                                                folder.resolve("none.key").toString())));
        assertTrue(told.getMessage().contains("none.pem"), told.getMessage());
    }

    @Test
    void a_name_that_is_neither_name_nor_address_is_a_mistake_in_the_settings() {
        assertThrows(
                CannotStart.class,
                () -> rootWith(Map.of("http.tls", "on", "http.tls-names", "fd00::1::2")));
    }

    // ---- who is kept out of HQ

    private List<String> strangers() {
        Read.Page page = (Read.Page) hq.mirrors().read(Estate.AUDIT, 0, 1000, Long.MAX_VALUE);
        return page.events().stream()
                .map(Event::payload)
                .map(it -> it.text())
                .filter(it -> it.contains("StrangerRefused"))
                .toList();
    }

    /// A machine with a certificate of somebody else's authority, which knows HQ.
    private SSLContext stranger() throws Exception {
        Authority elsewhere =
                Authority.open(folder.resolve("elsewhere"), InstantSource.system(), random);
        Path machine = folder.resolve("machine");
        StoreIdentity identity = StoreIdentity.open(machine, InstantSource.system(), random);
        StoreId id = new StoreId("0042");
        JoinToken token = JoinToken.parse(elsewhere.joinToken(id).text());
        identity.complete(token, elsewhere.issue(id, identity.begin(id)));
        String pem = Files.readString(machine.resolve("identity/store.pem"));
        PrivateKey key =
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(
                                        Base64.getMimeDecoder().decode(block(pem, "PRIVATE KEY"))));
        KeyManager[] keys = {new Shows(key, identity.certificate())};
        String hqs = Files.readString(folder.resolve("hq/identity/authority.pem"));
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                keys,
                trust(
                        Certificates.fromPem(hqs.substring(hqs.indexOf("-----BEGIN CERTIFICATE")))
                                .getFirst()),
                null);
        return context;
    }

    /// Shows a certificate although it is not from those whom the server would like.
    private static final class Shows extends X509ExtendedKeyManager {
        private static final String ALIAS = "own";
        private final PrivateKey key;
        private final X509Certificate certificate;

        Shows(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    private static String block(String pem, String type) {
        return pem.replaceFirst(
                "(?s).*-----BEGIN " + type + "-----(.*)-----END " + type + "-----.*", "$1");
    }

    @Test
    void who_comes_to_hq_with_a_certificate_of_another_authority_is_on_record() throws Exception {
        assertEquals(List.of(), strangers());
        SSLContext stranger = stranger();
        for (int i = 0; i < 3; i++) {
            try (SSLSocket socket =
                    (SSLSocket)
                            stranger.getSocketFactory()
                                    .createSocket(
                                            InetAddress.getLoopbackAddress(), hq.linkPort())) {
                socket.setSoTimeout(SILENT_MS_MAX);
                assertThrows(
                        IOException.class,
                        () -> {
                            socket.startHandshake();
                            socket.getInputStream().read();
                        });
            }
        }
        assertEquals(1, strangers().size(), "once an hour");
        assertTrue(strangers().getFirst().contains("127.0.0.1"), strangers()::toString);
        assertTrue(
                strangers().getFirst().contains("is not from the authority"),
                strangers()::toString);
    }
}
