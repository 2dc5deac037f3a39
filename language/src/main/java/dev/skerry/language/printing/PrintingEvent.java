package dev.skerry.language.printing;

import dev.skerry.language.EventForm;

/// What happened to the printers of a store and to what they print; its stream is `local/printing`, and stays in the store. The
/// newest event of a key says all that is to be known of it.
public sealed interface PrintingEvent {

    EventForm<PrintingEvent> FORM = new EventForm<>("dev.skerry.printing.", PrintingEvent.class);

    String STREAM = "local/printing";

    /// What an event is about: a printer, a job, the letterhead.
    String key();

    record PrinterChanged(Printer printer) implements PrintingEvent {
        @Override
        public String key() {
            return "printer " + printer.id();
        }
    }

    record PrinterRemoved(String id) implements PrintingEvent {
        @Override
        public String key() {
            return "printer " + id;
        }
    }

    record LetterheadChanged(Letterhead letterhead) implements PrintingEvent {
        @Override
        public String key() {
            return "letterhead";
        }
    }

    /// @param done in a word: `queued`, `printed`
    record JobChanged(PrintJob job, String done) implements PrintingEvent {
        @Override
        public String key() {
            return "job " + job.id();
        }
    }

    /// It was done with long ago.
    record JobForgotten(String id) implements PrintingEvent {
        @Override
        public String key() {
            return "job " + id;
        }
    }
}
