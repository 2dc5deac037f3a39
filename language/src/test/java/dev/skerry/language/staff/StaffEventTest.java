package dev.skerry.language.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.language.catalog.Golden;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import dev.skerry.language.staff.StaffEvent.PersonRemoved;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaffEventTest {

    private static final byte[] SALT = new byte[16];
    private static final PinHash PIN = PinHash.of("1234", SALT, 100);

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(StaffEvent.FORM, StaffEventTest.class)
                .check(
                        Map.of(
                                "PersonChanged-1",
                                new PersonChanged(
                                        "1001",
                                        "Mara",
                                        List.of("cashier", "supervisor"),
                                        List.of("store-0042"),
                                        PIN),
                                "PersonChanged-2",
                                new PersonChanged("9001", "Ole", List.of("auditor"), null, null),
                                "PersonRemoved",
                                new PersonRemoved("1001")));
    }

    @Test
    void a_pin_is_known_again_and_another_is_not() {
        assertTrue(PIN.isOf("1234"));
        assertFalse(PIN.isOf("1235"));
        assertFalse(PIN.isOf(""));
    }

    @Test
    void the_same_pin_with_another_salt_is_another_hash() {
        byte[] salt = new byte[16];
        salt[0] = 1;
        assertNotEquals(PIN.hash(), PinHash.of("1234", salt, 100).hash());
        assertEquals(PIN, PinHash.of("1234", SALT, 100));
    }

    @Test
    void what_cannot_be_checked_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PinHash("MD5", 1, PIN.salt(), PIN.hash()));
        assertThrows(IllegalArgumentException.class, () -> PinHash.of("1234", new byte[8], 100));
    }
}
