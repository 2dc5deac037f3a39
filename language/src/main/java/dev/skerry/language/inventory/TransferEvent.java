package dev.skerry.language.inventory;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import java.time.Instant;

/// What headquarters decided about goods that went from one store to another. The stream stays at headquarters.
public sealed interface TransferEvent {

    /// Its stream's name.
    String STREAM = "local/stock";

    EventForm<TransferEvent> FORM = new EventForm<>("dev.skerry.transfers.", TransferEvent.class);

    /// Somebody looked at a transfer, and nothing more is to be done about it: it was found, or is lost for good.
    ///
    /// @param sender such as `store-0042`
    /// @param document under which it is known: of the store that sent it
    /// @param reason for people
    record TransferClosed(String sender, String document, String reason, String by, Instant at)
            implements TransferEvent {
        public TransferClosed {
            requireNonNull(sender, "sender");
            requireNonNull(document, "document");
            requireNonNull(reason, "reason");
            requireNonNull(by, "by");
            requireNonNull(at, "at");
        }
    }
}
