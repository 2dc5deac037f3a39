package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Registers stores at an HQ that runs, as `./skerry hq store add` does.
final class HqTokens {

    private HqTokens() {}

    /// @param hq the folder on which it runs
    /// @return what the store joins with
    static String token(Path hq, String store) throws IOException {
        JsonObject running = JsonObject.parse(Files.readAllBytes(hq.resolve("node.json")));
        HttpURLConnection request =
                (HttpURLConnection)
                        URI.create(running.text("url") + "/api/stores").toURL().openConnection();
        request.setRequestMethod("POST");
        request.setDoOutput(true);
        request.setRequestProperty("Authorization", "Bearer " + running.text("secret"));
        request.getOutputStream()
                .write(JsonObject.empty().with("id", store).write().getBytes(UTF_8));
        try (var answer = request.getInputStream()) {
            return JsonObject.parse(answer.readAllBytes()).text("token");
        }
    }
}
