package dev.skerry.trials.screens;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The machine's own Chromium, driven by Playwright with the machine's own Node.js. For one thread.
final class Chromium implements AutoCloseable {

    /// A busy machine takes its time.
    static final Duration SOON = Duration.ofSeconds(60);

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();

    private Chromium(Path chromium, Path node, List<String> more) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(
                                        Map.of(
                                                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                                                "1",
                                                "PLAYWRIGHT_NODEJS_PATH",
                                                node.toString())));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setArgs(
                                                Stream.concat(
                                                                Stream.of("--no-sandbox"),
                                                                more.stream())
                                                        .toList()));
    }

    /// Leaves the test out where there is no browser.
    static Chromium open() {
        return open(List.of());
    }

    /// The same, whose camera sees a film.
    ///
    /// @param film in the format Y4M
    static Chromium seeing(Path film) {
        return open(
                List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-video-capture=" + film));
    }

    private static Chromium open(List<String> more) {
        Optional<Path> chromium = NAMES.stream().flatMap(it -> found(it).stream()).findFirst();
        Optional<Path> node = found("node");
        assumeTrue(
                chromium.isPresent(),
                "no Chromium is on this machine: apt-get install chromium brings it");
        assumeTrue(
                node.isPresent(), "no Node.js is on this machine, which Playwright's driver needs");
        return new Chromium(chromium.orElseThrow(), node.orElseThrow(), more);
    }

    private static Optional<Path> found(String program) {
        return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .map(it -> Path.of(it, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A browser of its own, as of another machine: it shares no cookie with others.
    BrowserContext machine() {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(1024, 768)
                                .setLocale("en-GB"));
        context.setDefaultTimeout((double) SOON.toMillis());
        return context;
    }

    /// Opens a page, and collects what goes wrong in it.
    Page page(BrowserContext machine, String url) {
        Page page = machine.newPage();
        page.onPageError(errors::add);
        page.navigate(url);
        return page;
    }

    /// What no page may have: errors of scripts.
    List<String> errors() {
        return List.copyOf(errors);
    }

    /// What axe-core finds serious or critical in a page as it is now.
    static List<?> barriers(Page page) {
        page.evaluate(axe());
        Object found =
                page.evaluate(
                        """
                        async () => {
                          const result = await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } });
                          return result.violations
                            .filter(it => it.impact === 'serious' || it.impact === 'critical')
                            .flatMap(it => it.nodes.map(node => `${it.id}: ${node.target.flat().join(' ')} ${node.failureSummary}`));
                        }
                        """);
        return found instanceof List<?> list ? list : List.of(String.valueOf(found));
    }

    private static String axe() {
        try (InputStream in =
                Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
