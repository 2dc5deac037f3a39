package dev.skerry.language.people;

import dev.skerry.language.catalog.Golden;
import dev.skerry.language.people.PeopleEvent.AccessRefused;
import dev.skerry.language.people.PeopleEvent.PasswordSet;
import dev.skerry.language.people.PeopleEvent.PersonChanged;
import dev.skerry.language.people.PeopleEvent.PersonRemoved;
import dev.skerry.language.people.PeopleEvent.ProgramAdded;
import dev.skerry.language.people.PeopleEvent.ProgramRemoved;
import dev.skerry.language.people.PeopleEvent.Refusal;
import dev.skerry.language.people.PeopleEvent.SignedOff;
import dev.skerry.language.people.PeopleEvent.SignedOn;
import dev.skerry.language.staff.PinHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeopleEventTest {

    private static final Instant UNTIL = Instant.parse("2026-03-02T20:00:00Z");
    private static final String HASH = "5e884898da280471".repeat(4);

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(PeopleEvent.FORM, PeopleEventTest.class)
                .check(
                        Map.of(
                                "PersonChanged",
                                new PersonChanged(
                                        "anna", "Anna Berg", List.of("merchant"), "admin"),
                                "PasswordSet",
                                new PasswordSet(
                                        "anna",
                                        new PinHash(
                                                PinHash.ALGORITHM,
                                                600_000,
                                                "A".repeat(22) + "==",
                                                "A".repeat(43) + "="),
                                        "admin"),
                                "PersonRemoved",
                                new PersonRemoved("anna", "ben"),
                                "SignedOn",
                                new SignedOn("s-1", "anna", HASH, UNTIL),
                                "SignedOff",
                                new SignedOff("s-1", "anna", "anna"),
                                "AccessRefused-1",
                                new AccessRefused("anna", Refusal.WRONG_PASSWORD, 5, UNTIL),
                                "AccessRefused-2",
                                new AccessRefused("", Refusal.UNKNOWN_PERSON, null, null),
                                "ProgramAdded",
                                new ProgramAdded("warehouse", List.of("analyst"), HASH, "anna"),
                                "ProgramRemoved",
                                new ProgramRemoved("warehouse", "anna")));
    }
}
