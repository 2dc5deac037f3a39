package dev.skerry.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    private enum Durability {
        FULL,
        UNTIL_POWER_CUT
    }

    private static final Setting<Integer> PORT =
            Setting.of("http.port", Type.port(), 4437, "Where to listen.");
    private static final Setting<Long> BODY =
            Setting.of("http.body-bytes-max", Type.bytes(1, 1L << 30), 1L << 24, "Largest body.");
    private static final Setting<Duration> WAIT =
            Setting.of(
                    "http.wait",
                    Type.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                    Duration.ofSeconds(30),
                    "How long to wait.");
    private static final Setting<Boolean> VERBOSE =
            Setting.of("log.verbose", Type.bool(), false, "Whether to say more.");
    private static final Setting<Durability> DURABILITY =
            Setting.of("store.durability", Type.choice(Durability.class), Durability.FULL, "It.");
    private static final Setting<Path> FOLDER =
            Setting.of("store.folder", Type.path(), Path.of("data"), "Where the data is.");
    private static final Setting<Secret> TOKEN =
            Setting.required("link.token", Type.secret(), "Lets us in.");

    private static final Schema SCHEMA =
            new Schema(
                    List.of(PORT, BODY, WAIT, VERBOSE, DURABILITY, FOLDER),
                    List.of(new Schema.Removed("stream.cache", "in 0.2: the system caches.")));

    @Test
    void without_sources_every_setting_has_its_default() {
        Configuration configuration = load();
        assertEquals(4437, configuration.value(PORT));
        assertEquals(16_777_216L, configuration.value(BODY));
        assertEquals(Duration.ofSeconds(30), configuration.value(WAIT));
        assertEquals("default", configuration.origin(PORT));
    }

    @Test
    void every_type_is_read_from_text() {
        Configuration configuration =
                load(
                        file(
                                """
                                # What a store changes
                                http.port = 0
                                http.body-bytes-max=64KiB
                                  http.wait  =  1500ms

                                log.verbose = true
                                store.durability = until-power-cut
                                store.folder = C:\\skerry = data
                                """));
        assertEquals(0, configuration.value(PORT));
        assertEquals(65_536L, configuration.value(BODY));
        assertEquals(Duration.ofMillis(1500), configuration.value(WAIT));
        assertEquals(true, configuration.value(VERBOSE));
        assertEquals(Durability.UNTIL_POWER_CUT, configuration.value(DURABILITY));
        assertEquals(Path.of("C:\\skerry = data"), configuration.value(FOLDER));
    }

    @Test
    void a_later_source_wins_and_each_value_knows_where_it_came_from() {
        Configuration configuration =
                load(
                        file("http.port = 1\nhttp.wait = 1s\nlog.verbose = true"),
                        Source.environment(
                                Map.of("SKERRY_HTTP_PORT", "2", "SKERRY_HTTP_WAIT", "2s")),
                        Source.options(Map.of("http.port", "3")),
                        Source.option("--folder", FOLDER, "here"));
        assertEquals(3, configuration.value(PORT));
        assertEquals("--set http.port", configuration.origin(PORT));
        assertEquals(Duration.ofSeconds(2), configuration.value(WAIT));
        assertEquals("SKERRY_HTTP_WAIT", configuration.origin(WAIT));
        assertEquals("skerry.conf:3", configuration.origin(VERBOSE));
        assertEquals("--folder", configuration.origin(FOLDER));
    }

    @Test
    void the_effective_values_are_shown_with_their_origins() {
        Configuration configuration =
                load(
                        file("# slow line\nhttp.wait = 90000ms"),
                        Source.environment(Map.of("SKERRY_HTTP_BODY_BYTES_MAX", "1024 KiB")));
        assertEquals(
                List.of(
                        "http.port = 4437 (default)",
                        "http.body-bytes-max = 1 MiB (SKERRY_HTTP_BODY_BYTES_MAX)",
                        "http.wait = 90s (skerry.conf:2)",
                        "log.verbose = false (default)",
                        "store.durability = full (default)",
                        "store.folder = data (default)"),
                configuration.lines());
    }

    @Test
    void a_secret_is_known_to_who_asks_for_it_and_shown_to_nobody() {
        Configuration configuration =
                Configuration.load(Schema.of(TOKEN), List.of(file("link.token = s3cr3t")));
        assertEquals("s3cr3t", configuration.value(TOKEN).revealed());
        assertEquals("******", configuration.value(TOKEN).toString());
        assertEquals(List.of("link.token = ****** (skerry.conf:1)"), configuration.lines());
    }

    @Test
    void all_errors_of_all_sources_are_told_at_once() {
        assertErrors(
                List.of(
                        file("http.port = 99999\nhttp.prot = 1\nhttp.wait = 30\nwhat"),
                        Source.environment(Map.of("SKERRY_LOG_VERBOSE", "yes")),
                        Source.options(Map.of("stream.cache", "1"))),
                "skerry.conf:4: is not a line of \"key = value\".",
                "skerry.conf:1: http.port = \"99999\" is more than 65535. Allowed: 0 to 65535.",
                "skerry.conf:2: http.prot is not a setting. Did you mean http.port?",
                "skerry.conf:3: http.wait = \"30\" has no unit, which is one of ms, s, m, h, d."
                        + " Allowed: 1s to 5m.",
                "SKERRY_LOG_VERBOSE: log.verbose = \"yes\" is neither. Allowed: true or false.",
                "--set stream.cache: stream.cache was removed in 0.2: the system caches.");
    }

    @Test
    void a_wrong_value_is_an_error_even_where_a_later_source_overrides_it() {
        assertErrors(
                List.of(file("http.port = http"), Source.options(Map.of("http.port", "80"))),
                "skerry.conf:1: http.port = \"http\" is not a whole number. Allowed: 0 to 65535.");
    }

    @Test
    void a_key_twice_in_a_file_is_an_error() {
        assertErrors(
                List.of(file("http.port = 1\n\nhttp.port = 1")),
                "skerry.conf:3: http.port is already set at skerry.conf:1. Keep one.");
    }

    @Test
    void an_empty_value_is_an_error_and_not_the_default() {
        assertErrors(
                List.of(Source.environment(Map.of("SKERRY_STORE_FOLDER", ""))),
                "SKERRY_STORE_FOLDER: store.folder is empty. Allowed: a path.");
    }

    @Test
    void a_comment_behind_a_value_is_an_error_and_not_part_of_the_value() {
        assertErrors(
                List.of(file("store.folder = data # on the big disk")),
                "skerry.conf:1: store.folder: a comment needs a line of its own.");
    }

    @Test
    void a_required_setting_that_nobody_sets_is_an_error() {
        Schema schema = Schema.of(TOKEN);
        assertErrors(
                schema,
                List.of(),
                "link.token is not set. Set it in the file, as SKERRY_LINK_TOKEN, or with"
                        + " --set link.token=…. Allowed: a text.");
        assertErrors(
                schema,
                List.of(file("link.token =")),
                "skerry.conf:1: link.token is empty. Allowed: a text.");
    }

    @Test
    void an_unknown_name_is_hinted_at_where_something_resembles_it() {
        assertErrors(
                List.of(
                        file("port = 1\ndatabase.url = x\nhttp.body-byte-max = 1 B"),
                        Source.environment(Map.of("SKERRY_HTTP_PRT", "1"))),
                "skerry.conf:1: port is not a setting. Did you mean http.port?",
                "skerry.conf:2: database.url is not a setting."
                        + " docs/configuration.md lists them all.",
                "skerry.conf:3: http.body-byte-max is not a setting."
                        + " Did you mean http.body-bytes-max?",
                "SKERRY_HTTP_PRT: SKERRY_HTTP_PRT is not a setting."
                        + " Did you mean SKERRY_HTTP_PORT?");
    }

    @Test
    void variables_of_others_and_of_the_start_script_are_left_alone() {
        load(Source.environment(Map.of("PATH", "/bin", "SKERRY_JAVA_OPTS", "-Xmx1g")));
    }

    @Test
    void amounts_that_are_wrong_say_what_is_wrong_with_them() {
        assertErrors(
                List.of(
                        file("http.body-bytes-max = 16 MB\nhttp.wait = 1.5s"),
                        Source.options(Map.of("http.body-bytes-max", "999999999999999999999 GiB")),
                        Source.options(Map.of("http.wait", "1ms")),
                        Source.options(Map.of("http.port", "-99999999999999999999"))),
                "skerry.conf:1: http.body-bytes-max = \"16 MB\" has an unknown unit, which is one of"
                        + " B, KiB, MiB, GiB, TiB. Allowed: 1 B to 1 GiB.",
                "skerry.conf:2: http.wait = \"1.5s\" is not a whole number and a unit."
                        + " Allowed: 1s to 5m.",
                "--set http.body-bytes-max: http.body-bytes-max = \"999999999999999999999 GiB\" is"
                        + " more than 1 GiB. Allowed: 1 B to 1 GiB.",
                "--set http.wait: http.wait = \"1ms\" is less than 1s. Allowed: 1s to 5m.",
                "--set http.port: http.port = \"-99999999999999999999\" is less than 0."
                        + " Allowed: 0 to 65535.");
    }

    @Test
    void a_setting_outside_the_schema_cannot_be_asked_for() {
        Setting<Integer> other = Setting.of("other", Type.port(), 1, "Another one.");
        assertThrows(IllegalArgumentException.class, () -> load().value(other));
    }

    @Test
    void a_schema_that_contradicts_itself_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Schema.of(PORT, PORT));
        assertThrows(
                IllegalArgumentException.class,
                () -> Setting.of("http.port", Type.port(), 65_536, "Its default is out of range."));
        assertThrows(
                IllegalArgumentException.class,
                () -> Setting.of("a", Type.secret(), new Secret("x"), "A secret in the code."));
        assertThrows(
                IllegalArgumentException.class,
                () -> Setting.of("HTTP_PORT", Type.port(), 1, "Its key is not a key."));
        assertThrows(
                IllegalArgumentException.class,
                () -> Setting.of("http.port", Type.port(), 1, "No sentence"));
    }

    @Test
    void a_body_is_no_larger_than_an_event_can_be() {
        Map<String, String> tooLarge = Map.of("http.body-bytes-max", "65MiB");
        assertErrors(
                NodeSettings.SCHEMA,
                List.of(Source.options(tooLarge)),
                "--set http.body-bytes-max: http.body-bytes-max = \"65MiB\" is more than 64 MiB."
                        + " Allowed: 1 KiB to 64 MiB.");
    }

    @Test
    void origins_of_web_pages_are_written_as_browsers_do() {
        for (String good : List.of("none", "*", "http://a:80", "https://a.example,https://b")) {
            Configuration.load(
                    NodeSettings.SCHEMA,
                    List.of(Source.options(Map.of("http.cors-origins", good))));
        }
        for (String bad :
                List.of("a.example", "https://a/", "*,https://a", "https://a, https://b")) {
            assertThrows(
                    ConfigurationException.class,
                    () ->
                            Configuration.load(
                                    NodeSettings.SCHEMA,
                                    List.of(Source.options(Map.of("http.cors-origins", bad)))));
        }
    }

    private static Configuration load(Source... sources) {
        return Configuration.load(SCHEMA, List.of(sources));
    }

    private static Source file(String content) {
        return Source.text("skerry.conf", content);
    }

    private static void assertErrors(List<Source> sources, String... problems) {
        assertErrors(SCHEMA, sources, problems);
    }

    private static void assertErrors(Schema schema, List<Source> sources, String... problems) {
        String head = problems.length == 1 ? "an error" : problems.length + " errors";
        assertEquals(
                "The configuration has " + head + ":\n  " + String.join("\n  ", problems),
                assertThrows(
                                ConfigurationException.class,
                                () -> Configuration.load(schema, sources))
                        .getMessage());
    }
}
