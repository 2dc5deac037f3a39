package dev.skerry.language;

/// Bytes that should have been an event are none; the message says what is wrong and where. Trying
/// again cannot help: whoever wrote them has to mend them.
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedEventException(String problem) {
        super(oneLine(problem));
    }

    MalformedEventException(String problem, Throwable cause) {
        super(oneLine(problem), cause);
    }

    /// The problem may quote what anyone sent; the message ends up in a log of one line an event.
    private static String oneLine(String problem) {
        return "not a CloudEvent in JSON: " + problem.replaceAll("\\p{Cntrl}", "?");
    }
}
