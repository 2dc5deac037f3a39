package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What a server says over SSE after data: where the reader is now.
record Control(String nextOffset, @Nullable String cursor, boolean upToDate, boolean closed) {

    private static final JsonFactory JSON = new JsonFactory();

    /// @throws MalformedException if it is no JSON object or does not name the next offset
    static Control parse(Bytes text) throws MalformedException {
        String nextOffset = null;
        String cursor = null;
        boolean upToDate = false;
        boolean closed = false;
        try (JsonParser json =
                JSON.createParser(
                        ObjectReadContext.empty(), text.array(), text.from(), text.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("a control event is a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "streamNextOffset" -> nextOffset = text(json, value);
                    case "streamCursor" -> cursor = text(json, value);
                    case "upToDate" -> upToDate = value == JsonToken.VALUE_TRUE;
                    case "streamClosed" -> closed = value == JsonToken.VALUE_TRUE;
                    default -> json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new MalformedException("a control event is not JSON: " + e.getOriginalMessage());
        }
        if (nextOffset == null || nextOffset.isEmpty()) {
            throw new MalformedException("a control event has no streamNextOffset");
        }
        return new Control(nextOffset, cursor, upToDate, closed);
    }

    private static @Nullable String text(JsonParser json, JsonToken value) {
        return value == JsonToken.VALUE_STRING ? json.getString() : null;
    }
}
