package dev.skerry.node.telemetry;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void the_metrics_page_says_what_the_code_says() throws IOException {
        String page = MetricsPage.text();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        if (!Files.exists(PAGE) || !Files.readString(PAGE).equals(page)) {
            fail("docs/metrics.md is stale. Write it anew: ./dev docs");
        }
    }
}
