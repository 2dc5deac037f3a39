package dev.skerry.store.staff;

import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.language.staffing.StaffingEvent.AccessRefused;
import dev.skerry.language.staffing.StaffingEvent.ActionApproved;
import dev.skerry.language.staffing.StaffingEvent.DeviceLocked;
import dev.skerry.language.staffing.StaffingEvent.DevicePaired;
import dev.skerry.language.staffing.StaffingEvent.DeviceRemoved;
import dev.skerry.language.staffing.StaffingEvent.DeviceRenamed;
import dev.skerry.language.staffing.StaffingEvent.DeviceUnlocked;
import dev.skerry.language.staffing.StaffingEvent.HelperReleased;
import dev.skerry.language.staffing.StaffingEvent.HelperTaken;
import dev.skerry.language.staffing.StaffingEvent.LockOutLifted;
import dev.skerry.language.staffing.StaffingEvent.PairingRefused;
import dev.skerry.language.staffing.StaffingEvent.PinSet;
import dev.skerry.language.staffing.StaffingEvent.RolesChanged;
import dev.skerry.language.staffing.StaffingEvent.SignedOff;
import dev.skerry.language.staffing.StaffingEvent.SignedOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of the audit, without PINs and tokens.
///
/// @param number of the line; later ones have greater numbers
/// @param what happened, as the event is called, such as `SIGNED_ON`
/// @param device where; null if that does not matter
/// @param person whom it is about, or who allowed it; null if nobody is known
/// @param by who did it, or asked for it; null if it was the person
/// @param why of a refusal or an ending, such as `WRONG_PIN`; null if there is none
/// @param detail what was allowed, the new name, the roles; null if there is none
/// @param until when what was said ends: a lock-out, a helper; null if there is none
public record Audited(
        long number,
        Instant at,
        What what,
        @Nullable String device,
        @Nullable String person,
        @Nullable String by,
        @Nullable String why,
        @Nullable String detail,
        @Nullable Instant until) {

    /// What happened.
    public enum What {
        SIGNED_ON,
        SIGNED_OFF,
        LOCKED,
        UNLOCKED,
        ROLES_CHANGED,
        REFUSED,
        APPROVED,
        PIN_SET,
        HELPER_TAKEN,
        HELPER_RELEASED,
        LOCK_OUT_LIFTED,
        DEVICE_PAIRED,
        PAIRING_REFUSED,
        DEVICE_RENAMED,
        DEVICE_REMOVED
    }

    static Audited of(long number, Instant at, StaffingEvent event) {
        Line line = new Line(number, at);
        return switch (event) {
            case SignedOn it ->
                    line.of(
                            What.SIGNED_ON,
                            it.device(),
                            it.person(),
                            null,
                            null,
                            roles(it.roles()));
            case SignedOff it ->
                    line.of(
                            What.SIGNED_OFF,
                            it.device(),
                            it.person(),
                            it.by(),
                            it.ending().name(),
                            null);
            case DeviceLocked it ->
                    line.of(What.LOCKED, it.device(), it.person(), null, null, null);
            case DeviceUnlocked it ->
                    line.of(What.UNLOCKED, it.device(), it.person(), null, null, null);
            case RolesChanged it ->
                    line.of(
                            What.ROLES_CHANGED,
                            it.device(),
                            it.person(),
                            null,
                            null,
                            roles(it.roles()));
            case AccessRefused it ->
                    line.of(
                                    What.REFUSED,
                                    it.device(),
                                    it.person(),
                                    null,
                                    it.why().name(),
                                    it.action())
                            .until(it.personUntil() == null ? it.deviceUntil() : it.personUntil());
            case ActionApproved it ->
                    line.of(
                            What.APPROVED,
                            it.device(),
                            it.person(),
                            it.askedBy(),
                            null,
                            it.action());
            case PinSet it -> line.of(What.PIN_SET, null, it.person(), it.by(), null, null);
            case HelperTaken it ->
                    line.of(
                                    What.HELPER_TAKEN,
                                    null,
                                    it.person(),
                                    it.by(),
                                    null,
                                    it.name() + ": " + roles(it.roles()))
                            .until(it.until());
            case HelperReleased it ->
                    line.of(What.HELPER_RELEASED, null, it.person(), it.by(), null, null);
            case LockOutLifted it ->
                    line.of(What.LOCK_OUT_LIFTED, it.device(), it.person(), it.by(), null, null);
            case DevicePaired it ->
                    line.of(What.DEVICE_PAIRED, it.device(), null, it.by(), null, it.kind().name());
            case PairingRefused it ->
                    line.of(What.PAIRING_REFUSED, it.device(), null, it.by(), null, null);
            case DeviceRenamed it ->
                    line.of(What.DEVICE_RENAMED, it.device(), null, it.by(), null, it.to());
            case DeviceRemoved it ->
                    line.of(What.DEVICE_REMOVED, it.device(), null, it.by(), null, null);
        };
    }

    private static String roles(List<String> roles) {
        return String.join(", ", roles);
    }

    private record Line(long number, Instant at) {

        Audited of(
                What what,
                @Nullable String device,
                @Nullable String person,
                @Nullable String by,
                @Nullable String why,
                @Nullable String detail) {
            return new Audited(
                    number,
                    at,
                    what,
                    filled(device),
                    filled(person),
                    filled(by),
                    why,
                    filled(detail),
                    null);
        }

        private static @Nullable String filled(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    private Audited until(@Nullable Instant end) {
        return new Audited(number, at, what, device, person, by, why, detail, end);
    }
}
