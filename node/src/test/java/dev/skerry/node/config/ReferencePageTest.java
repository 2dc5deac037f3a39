package dev.skerry.node.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void the_configuration_page_says_what_the_code_says() throws IOException {
        String page = ReferencePage.of(NodeSettings.SCHEMA);
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        if (!Files.exists(PAGE) || !Files.readString(PAGE).equals(page)) {
            fail("docs/configuration.md is stale. Write it anew: ./dev docs");
        }
    }

    @Test
    void removed_and_required_settings_have_their_place_on_the_page() {
        Schema schema =
                new Schema(
                        List.of(Setting.required("link.token", Type.secret(), "Lets us in.")),
                        List.of(new Schema.Removed("stream.cache", "in 0.2: delete it.")));
        String page = ReferencePage.of(schema);
        assertTrue(page.contains("| `link.token` | Lets us in. | none: must be set | a text |"));
        assertTrue(page.contains("| `stream.cache` | in 0.2: delete it. |"));
    }
}
