package dev.skerry.language.staffing;

import dev.skerry.language.catalog.Golden;
import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DeviceLocked;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.DeviceUnlocked;
import dev.skerry.language.staffing.StaffingEvent.Ending;
import dev.skerry.language.staffing.StaffingEvent.HelperReleased;
import dev.skerry.language.staffing.StaffingEvent.HelperTaken;
import dev.skerry.language.staffing.StaffingEvent.LockOutLifted;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.Purpose;
import dev.skerry.language.staffing.StaffingEvent.Refusal;
import dev.skerry.language.staffing.StaffingEvent.RolesChanged;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaffingEventTest {

    private static final PinHash PIN =
            new PinHash(
                    PinHash.ALGORITHM,
                    PinHash.ITERATIONS,
                    "A".repeat(22) + "==",
                    "A".repeat(43) + "=");
    private static final Instant UNTIL = Instant.parse("2026-03-02T10:00:30Z");

    @Test
    void every_event_is_read_and_written_as_it_was_first_published() {
        new Golden<>(StaffingEvent.FORM, StaffingEventTest.class)
                .check(
                        Map.ofEntries(
                                Map.entry(
                                        "SignedOn",
                                        new SignedOn(
                                                "till-3",
                                                "1001",
                                                "Mara",
                                                List.of("cashier", "auditor"))),
                                Map.entry(
                                        "SignedOff-1",
                                        new SignedOff("till-3", "1001", Ending.REPLACED, "2001")),
                                Map.entry(
                                        "SignedOff-2",
                                        new SignedOff("till-3", "1001", Ending.LEFT, null)),
                                Map.entry("PinSet-1", new PinSet("1001", PIN, PIN, "3001")),
                                Map.entry("PinSet-2", new PinSet("1001", PIN, null, "3001")),
                                Map.entry(
                                        "HelperTaken",
                                        new HelperTaken(
                                                "h1",
                                                "Hugo",
                                                List.of("cashier"),
                                                PIN,
                                                UNTIL,
                                                "3001")),
                                Map.entry("HelperReleased", new HelperReleased("h1", "3001")),
                                Map.entry(
                                        "LockOutLifted-1", new LockOutLifted("1001", null, "3001")),
                                Map.entry(
                                        "LockOutLifted-2",
                                        new LockOutLifted(null, "till-3", "3001")),
                                Map.entry("DeviceLocked", new DeviceLocked("till-3", "1001")),
                                Map.entry("DeviceUnlocked", new DeviceUnlocked("till-3", "1001")),
                                Map.entry(
                                        "RolesChanged",
                                        new RolesChanged(
                                                "till-3", "1001", "Mara", List.of("supervisor"))),
                                Map.entry(
                                        "AccessRefused-1",
                                        new AccessRefused(
                                                "till-3",
                                                "1001",
                                                Purpose.SIGN_ON,
                                                null,
                                                Refusal.WRONG_PIN,
                                                5,
                                                UNTIL,
                                                UNTIL)),
                                Map.entry(
                                        "AccessRefused-2",
                                        new AccessRefused(
                                                "till-3",
                                                "2001",
                                                Purpose.APPROVAL,
                                                "no receipt",
                                                Refusal.MAY_NOT,
                                                null,
                                                null,
                                                null)),
                                Map.entry(
                                        "ActionApproved",
                                        new ActionApproved(
                                                "till-3", "2001", "1001", "price of line 3")),
                                Map.entry(
                                        "DevicePaired",
                                        new DevicePaired(
                                                "till-3",
                                                DeviceKind.TILL,
                                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                                "2001")),
                                Map.entry("PairingRefused", new PairingRefused("till-3", "2001")),
                                Map.entry(
                                        "DeviceRenamed",
                                        new DeviceRenamed("till-3", "till-4", "2001")),
                                Map.entry("DeviceRemoved", new DeviceRemoved("till-4", "2001"))));
    }
}
