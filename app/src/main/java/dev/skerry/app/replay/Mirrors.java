package dev.skerry.app.replay;

import dev.skerry.app.demo.Calls;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// HQ's copies of what stores have published, over HTTP.
record Mirrors(Calls hq) {

    /// All of a stream; nothing if there is no such.
    ///
    /// @throws IOException if HQ does not answer
    void read(String stream, Consumer<CloudEvent> events) throws IOException {
        String offset = "-1";
        boolean more = true;
        while (more) {
            Calls.Answer page = hq.read("/v1/stream/" + stream + "?offset=" + offset);
            if (page.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return;
            }
            if (!page.done()) {
                throw new IOException("HQ answered " + page.status() + " for " + stream);
            }
            List<JsonObject> all =
                    JsonObject.parse("{\"events\":" + page.body() + "}").objects("events");
            for (JsonObject one : all) {
                events.accept(CloudEventJson.read(one.write().getBytes(StandardCharsets.UTF_8)));
            }
            more = !all.isEmpty() && !page.next().equals(offset);
            offset = page.next();
        }
    }
}
