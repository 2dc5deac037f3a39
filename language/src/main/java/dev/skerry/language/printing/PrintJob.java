package dev.skerry.language.printing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that is to be printed, and how far that has come.
///
/// ```
/// WAITING → SENDING → PRINTED
/// SENDING → WAITING             the printer did not say that it printed; whether it did is not known
/// WAITING → HELD → WAITING      too old to be printed by itself; a person decides
/// WAITING, HELD → DISCARDED
/// ```
///
/// @param id unique
/// @param device that it is for; a kitchen ticket's station
/// @param printer where it is to be printed
/// @param queuedAt when what it tells of happened
/// @param place in the line before its printer: lower ones go first
/// @param duplicate printed on purpose once more
/// @param uncertain it may have been printed before
/// @param insteadOf the printer that it was for, and that could not print it; null if this is the one
/// @param released a person has decided that it is to be printed, however old
/// @param starts how often it began to be sent
/// @param trouble why it is not printed yet; null if it only has to wait for its turn
/// @param doneAt when it was printed or discarded; null if it is neither
public record PrintJob(
        String id,
        Printout what,
        String device,
        String printer,
        State state,
        Instant queuedAt,
        long place,
        boolean duplicate,
        boolean uncertain,
        @Nullable String insteadOf,
        boolean released,
        int starts,
        @Nullable String trouble,
        @Nullable Instant doneAt) {

    public enum State {
        WAITING,
        SENDING,
        PRINTED,
        HELD,
        DISCARDED
    }

    /// A new one.
    public static PrintJob waiting(
            String id,
            Printout what,
            String device,
            String printer,
            Instant queuedAt,
            long place,
            boolean duplicate) {
        return new PrintJob(
                id,
                what,
                device,
                printer,
                State.WAITING,
                queuedAt,
                place,
                duplicate,
                false,
                null,
                false,
                0,
                null,
                null);
    }

    public PrintJob sending() {
        return with(State.SENDING, uncertain, released, starts + 1, null, null);
    }

    public PrintJob printed(Instant at) {
        return with(State.PRINTED, uncertain, released, starts, null, at);
    }

    /// It was sent, and whether it was printed is not known.
    public PrintJob doubtful(String why) {
        return with(State.WAITING, true, released, starts, why, null);
    }

    public PrintJob troubled(String why) {
        return with(state, uncertain, released, starts, why, null);
    }

    public PrintJob held(String why) {
        return with(State.HELD, uncertain, false, starts, why, null);
    }

    /// A person wants it printed. Attempts count anew.
    public PrintJob releasedNow() {
        return with(State.WAITING, uncertain, true, 0, null, null);
    }

    public PrintJob discarded(Instant at, String why) {
        return with(State.DISCARDED, uncertain, released, starts, why, at);
    }

    /// To another printer, at the end of its line.
    public PrintJob moved(String to, long newPlace) {
        return new PrintJob(
                id,
                what,
                device,
                to,
                state,
                queuedAt,
                newPlace,
                duplicate,
                uncertain,
                insteadOf == null ? printer : insteadOf,
                released,
                starts,
                null,
                doneAt);
    }

    private PrintJob with(
            State newState,
            boolean newUncertain,
            boolean newReleased,
            int newStarts,
            @Nullable String newTrouble,
            @Nullable Instant newDoneAt) {
        return new PrintJob(
                id,
                what,
                device,
                printer,
                newState,
                queuedAt,
                place,
                duplicate,
                newUncertain,
                insteadOf,
                newReleased,
                newStarts,
                newTrouble,
                newDoneAt);
    }
}
