package dev.skerry.context;

import static dev.skerry.context.Schemas.ordered;
import static java.util.Objects.requireNonNull;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.EventForm;
import dev.skerry.language.Json;
import dev.skerry.stream.Bytes;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Describes what a node publishes and follows as AsyncAPI 3.0, with schemas read off the records that are really published. Served at
/// `/api/asyncapi.json`. For one thread.
public final class AsyncApi {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private static final String STREAMS = "/v1/stream/";

    private static final String BINDING = "0.3.0";

    /// What whoever reads a stream has to know, and AsyncAPI has no binding for.
    private static final String HOW_STREAMS_ARE_READ =
            """
            A channel under `/v1/stream/` is a stream: append-only, with one writer, read by anybody from any place in it, as often as he \
            likes. It is read over HTTP by the open Durable Streams protocol \
            (https://github.com/durable-streams/durable-streams/blob/main/PROTOCOL.md), for which AsyncAPI has no binding. \
            `GET` answers with a JSON array of messages, each a CloudEvent in structured mode; the header `Stream-Next-Offset` says where to \
            go on: `?offset=` with that token reads what follows, and `&live=long-poll` waits for it, `&live=sse` keeps telling it. Without an \
            offset a stream is read from its beginning. A reader keeps the token together with what the messages made it do, and so takes \
            each once. 410 says that what was asked for has been dropped, or was compacted away: begin anew.

            A stream that is compacted keeps the newest message of each `subject`; one whose `deletion` is true says that its subject is gone.

            Messages of a type that a reader does not know are newer than it: it passes them over. Fields are only ever added.

            A channel that is not a stream is a feed of server-sent events: it says what has changed and carries no data.
            """;

    private final String title;
    private final String version;
    private final Schemas schemas = new Schemas();
    private final Map<String, Object> messages = new TreeMap<>();
    private final Map<String, Object> channels = new TreeMap<>();
    private final Map<String, Object> operations = new TreeMap<>();

    /// @param title of the whole
    /// @param version of the program
    public AsyncApi(String title, String version) {
        this.title = requireNonNull(title, "title");
        this.version = requireNonNull(version, "version");
        schemas.named("CloudEvent", envelope());
    }

    /// Adds a stream that this node writes, and others read.
    ///
    /// @param name of the stream; `{store}` in it stands for what differs
    /// @param summary in one line
    /// @param compacted the newest event of a subject stands for it
    public AsyncApi writes(
            String name, String summary, boolean compacted, List<EventForm<?>> forms) {
        return stream(Action.SEND, name, summary, compacted, forms);
    }

    /// Adds a stream that this node reads, and has a copy of that others can read here.
    ///
    /// @param name of the stream; `{store}` in it stands for what differs
    /// @param summary in one line
    /// @param compacted the newest event of a subject stands for it
    public AsyncApi follows(
            String name, String summary, boolean compacted, List<EventForm<?>> forms) {
        return stream(Action.RECEIVE, name, summary, compacted, forms);
    }

    /// Adds a feed of server-sent events.
    ///
    /// @param path such as `/api/feed`
    /// @param summary in one line
    /// @param query what may stand behind the `?`, each with what it means
    /// @param events each event's name, with the record of its data
    public AsyncApi tells(
            String path,
            String summary,
            Map<String, String> query,
            SequencedMap<String, Type> events) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        List<String> told = new ArrayList<>();
        events.forEach((name, data) -> {
            String message = id + "." + name;
            told.add(message);
            messages.put(
                    message,
                    ordered(
                            "name",
                            name,
                            "title",
                            name,
                            "summary",
                            "The data of a server-sent event whose name is " + name + ".",
                            "contentType",
                            "application/json",
                            "payload",
                            schemas.of(data)));
        });
        channel(id, path, summary, told);
        operation(Action.SEND, id, summary, told, query)
                .put("security", List.of(Map.of("$ref", "#/components/securitySchemes/token")));
        return this;
    }

    /// @return one line of JSON
    public String json() {
        return Json.write(
                ordered(
                        "asyncapi",
                        "3.0.0",
                        "info",
                        ordered(
                                "title",
                                title,
                                "version",
                                version,
                                "description",
                                HOW_STREAMS_ARE_READ.strip()),
                        "defaultContentType",
                        "application/json",
                        "channels",
                        channels,
                        "operations",
                        operations,
                        "components",
                        ordered(
                                "messages",
                                messages,
                                "securitySchemes",
                                Map.of(
                                        "token",
                                        ordered(
                                                "type",
                                                "http",
                                                "scheme",
                                                "bearer",
                                                "description",
                                                OpenApi.TOKEN)),
                                "schemas",
                                schemas.all())));
    }

    /// Serves it as it is now. What is published is no secret; who reads it is another matter.
    public Operation operation() {
        String description = json();
        return Operation.of(
                        "GET",
                        "/api/asyncapi.json",
                        "Describes the streams and feeds of this node, as AsyncAPI",
                        request ->
                                request.answer(
                                        200,
                                        Map.of("Content-Type", "application/json"),
                                        Bytes.of(description)))
                .forAll();
    }

    private enum Action {
        SEND("send", "Publishes"),
        RECEIVE("receive", "Follows");

        private final String word;
        private final String does;

        Action(String word, String does) {
            this.word = word;
            this.does = does;
        }
    }

    private AsyncApi stream(
            Action action,
            String name,
            String summary,
            boolean compacted,
            List<EventForm<?>> forms) {
        List<String> published = new ArrayList<>();
        forms.forEach(form ->
                form.types()
                        .forEach((type, record) -> {
                            published.add(type);
                            messages.put(type, message(type, record));
                        }));
        String id = name.replace("{", "").replace("}", "").replace('/', '.');
        channel(id, STREAMS + name, summary + (compacted ? " Compacted." : ""), published);
        operation(
                action,
                id,
                "%s %s".formatted(action.does, name),
                published,
                ordered(
                        "offset",
                        "Where to read from: a token of an answer before, -1 for the beginning (also without it), now for the end.",
                        "live",
                        "long-poll or sse: waits for what follows."));
        return this;
    }

    private Map<String, Object> message(String type, Class<?> record) {
        return ordered(
                "name",
                type,
                "title",
                record.getSimpleName(),
                "contentType",
                "application/cloudevents+json",
                "payload",
                ordered(
                        "allOf",
                        List.of(
                                Schemas.reference("CloudEvent"),
                                ordered(
                                        "type",
                                        "object",
                                        "required",
                                        List.of("type", "data"),
                                        "properties",
                                        ordered(
                                                "type",
                                                ordered("type", "string", "const", type),
                                                "data",
                                                schemas.of(record))))));
    }

    private void channel(String id, String address, String summary, List<String> carried) {
        Map<String, Object> channel = ordered("address", address, "summary", summary);
        Map<String, Object> parameters = new LinkedHashMap<>();
        Matcher found = PARAMETER.matcher(address);
        while (found.find()) {
            parameters.put(found.group(1), ordered("description", "Its id, such as 0042."));
        }
        if (!parameters.isEmpty()) {
            channel.put("parameters", parameters);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        carried.forEach(it -> named.put(it, to("#/components/messages/" + it)));
        channel.put("messages", named);
        channels.put(id, channel);
    }

    private Map<String, Object> operation(
            Action action,
            String channel,
            String summary,
            List<String> carried,
            Map<String, ?> query) {
        Map<String, Object> asked = new LinkedHashMap<>();
        query.forEach((name, meaning) ->
                asked.put(name, ordered("type", "string", "description", meaning)));
        Map<String, Object> operation =
                ordered(
                        "action",
                        action.word,
                        "channel",
                        to("#/channels/" + channel),
                        "summary",
                        summary,
                        "messages",
                        carried.stream()
                                .map(it -> to("#/channels/%s/messages/%s".formatted(channel, it)))
                                .toList(),
                        "bindings",
                        Map.of(
                                "http",
                                ordered(
                                        "method",
                                        "GET",
                                        "query",
                                        ordered("type", "object", "properties", asked),
                                        "bindingVersion",
                                        BINDING)));
        operations.put(action.word + "." + channel, operation);
        return operation;
    }

    private static Map<String, Object> to(String place) {
        return ordered("$ref", place);
    }

    /// Of every event that a context publishes.
    private static Map<String, Object> envelope() {
        Map<String, Object> text = ordered("type", "string", "minLength", 1);
        return ordered(
                "type",
                "object",
                "description",
                "CloudEvents 1.0, structured mode. Further attributes are extensions: a-z and 0-9, of a string, an integer or a boolean.",
                "required",
                List.of("specversion", "id", "source", "type", "time"),
                "properties",
                ordered(
                        "specversion",
                        ordered("type", "string", "const", CloudEvent.SPEC_VERSION),
                        "id",
                        described(text, "With the source, names this event among all events."),
                        "source",
                        described(text, "The name of the stream that it was published in."),
                        "type",
                        described(text, "What happened."),
                        "subject",
                        described(text, "What it happened to, where the stream is compacted."),
                        "time",
                        ordered("type", "string", "format", "date-time"),
                        "datacontenttype",
                        ordered("type", "string", "const", "application/json"),
                        "traceparent",
                        described(text, "W3C trace context."),
                        "deletion",
                        described(ordered("type", "boolean"), "Whether its subject is gone."),
                        "cause",
                        described(
                                text, "The event that led to this one: its stream, @, its offset."),
                        "command",
                        described(text, "The id of the request that led to it."),
                        "commandprint",
                        described(text, "Tells that request from another with the same id.")));
    }

    private static Map<String, Object> described(Map<String, Object> schema, String meaning) {
        Map<String, Object> described = new LinkedHashMap<>(schema);
        described.put("description", meaning);
        return described;
    }
}
