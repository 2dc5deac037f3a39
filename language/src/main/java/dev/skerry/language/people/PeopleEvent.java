package dev.skerry.language.people;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.staff.PinHash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people and programs did to get into HQ's system, and who let them. In the order in which it happened it is HQ's audit of
/// sign-ons; the newest says who may do what.
///
/// `by` is the id of a person, `program/NAME`, or `admin` for who has the admin token.
public sealed interface PeopleEvent {

    EventForm<PeopleEvent> FORM = new EventForm<>("dev.skerry.people.", PeopleEvent.class);

    /// Why somebody was not let in.
    enum Refusal {
        UNKNOWN_PERSON,
        WRONG_PASSWORD
    }

    /// The person or program that it is about; empty where nobody is known.
    String about();

    /// A person is new, or is not as before.
    ///
    /// @param person the id that is typed to sign on
    /// @param roles lower case: admin, merchant, analyst, accountant, support
    record PersonChanged(String person, String name, List<String> roles, String by)
            implements PeopleEvent {
        public PersonChanged {
            requireNonNull(person, "person");
            requireNonNull(name, "name");
            roles = List.copyOf(roles);
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// A person has a new password. What was wrong before counts no more.
    record PasswordSet(String person, PinHash password, String by) implements PeopleEvent {
        public PasswordSet {
            requireNonNull(person, "person");
            requireNonNull(password, "password");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// A person may do nothing any more.
    record PersonRemoved(String person, String by) implements PeopleEvent {
        public PersonRemoved {
            requireNonNull(person, "person");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// A person is signed on.
    ///
    /// @param tokenHash SHA-256 of what the session is shown by, as 64 hexadecimal digits
    /// @param until when it ends by itself
    record SignedOn(String session, String person, String tokenHash, Instant until)
            implements PeopleEvent {
        public SignedOn {
            requireNonNull(session, "session");
            requireNonNull(person, "person");
            requireNonNull(tokenHash, "tokenHash");
            requireNonNull(until, "until");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// A session has ended before its time.
    record SignedOff(String session, String person, String by) implements PeopleEvent {
        public SignedOff {
            requireNonNull(session, "session");
            requireNonNull(person, "person");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// Somebody was not let in. Of unknown people not each time is told.
    ///
    /// @param person empty if there is none such: what was typed may be a password
    /// @param wrong how many wrong passwords in a row this was; null if the person is unknown
    /// @param until when no password of this person is looked at before; null if that is not so
    record AccessRefused(
            String person, Refusal why, @Nullable Integer wrong, @Nullable Instant until)
            implements PeopleEvent {
        public AccessRefused {
            requireNonNull(person, "person");
            requireNonNull(why, "why");
        }

        @Override
        public String about() {
            return person;
        }
    }

    /// A program may ask HQ.
    ///
    /// @param roles as of people
    /// @param tokenHash SHA-256 of its token, as 64 hexadecimal digits
    record ProgramAdded(String program, List<String> roles, String tokenHash, String by)
            implements PeopleEvent {
        public ProgramAdded {
            requireNonNull(program, "program");
            roles = List.copyOf(roles);
            requireNonNull(tokenHash, "tokenHash");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return program;
        }
    }

    /// A program's token opens nothing any more.
    record ProgramRemoved(String program, String by) implements PeopleEvent {
        public ProgramRemoved {
            requireNonNull(program, "program");
            requireNonNull(by, "by");
        }

        @Override
        public String about() {
            return program;
        }
    }
}
