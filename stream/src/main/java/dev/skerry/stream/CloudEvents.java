package dev.skerry.stream;

import dev.skerry.language.CloudEvent;
import dev.skerry.language.CloudEvent.Extension;
import dev.skerry.language.CloudEventJson;
import dev.skerry.language.MalformedEventException;

/// How a context's events stand in its streams: the payload is the CloudEvent in JSON, trace context included; the key is
/// its `subject`; an event with the extension attribute [#DELETION] set to true says that its subject is no more. So a
/// reader that has only the JSON knows key and deletion too.
public final class CloudEvents {

    /// The extension attribute of an event that ends its subject.
    public static final String DELETION = "deletion";

    private CloudEvents() {}

    /// What is appended to publish an event.
    ///
    /// @throws IllegalArgumentException if the event is a deletion without a subject, or too large
    public static NewEvent write(CloudEvent event) {
        return new NewEvent(
                event.subject(), deletion(event), Bytes.of(CloudEventJson.write(event)));
    }

    /// The event that was published.
    ///
    /// @throws MalformedEventException if the payload is not a CloudEvent in JSON
    public static CloudEvent read(Event event) {
        return CloudEventJson.read(event.payload().copy());
    }

    /// The same event, as the one that ends its subject.
    public static CloudEvent deletionOf(CloudEvent event) {
        return event.withExtension(DELETION, new Extension.Flag(true));
    }

    private static boolean deletion(CloudEvent event) {
        return new Extension.Flag(true).equals(event.extensions().get(DELETION));
    }
}
