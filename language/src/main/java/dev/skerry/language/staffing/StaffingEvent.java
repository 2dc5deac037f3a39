package dev.skerry.language.staffing;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.EventForm;
import dev.skerry.language.staff.PinHash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people and devices did to get into a store's system. In the order in which it happened it is the store's audit; the newest says
/// who is signed on where, and which devices there are.
///
/// A device is called by its name, such as `till-3`, which is one device's at a time.
public sealed interface StaffingEvent {

    EventForm<StaffingEvent> FORM = new EventForm<>("dev.skerry.staffing.", StaffingEvent.class);

    /// What a PIN was given for.
    enum Purpose {
        SIGN_ON,
        UNLOCK,
        /// To allow an action at somebody else's device.
        APPROVAL
    }

    /// Why somebody was not let in.
    enum Refusal {
        /// There is no such person in this store, or no PIN of this person's.
        UNKNOWN_PERSON,
        WRONG_PIN,
        /// After too many wrong PINs; this one was not looked at.
        LOCKED_OUT,
        /// The PIN was right, and the person is signed on at another device.
        ELSEWHERE,
        /// The PIN was right, and somebody else is signed on at the device.
        OCCUPIED,
        /// The PIN was right, and the person may not allow such.
        MAY_NOT
    }

    /// Why somebody is not signed on any more.
    enum Ending {
        /// By that person, or by who stood at the device.
        OWN,
        /// A manager signed on at the device instead.
        REPLACED,
        /// A manager ended it from elsewhere.
        RELEASED,
        DEVICE_REMOVED,
        /// Headquarters said that the person works here no more, or has no PIN.
        LEFT
    }

    /// Somebody is signed on at a device.
    ///
    /// @param name as on a name tag
    /// @param roles as headquarters names them, those unknown here too
    record SignedOn(String device, String person, String name, List<String> roles)
            implements StaffingEvent {
        public SignedOn {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
            requireNonNull(name, "name");
            roles = List.copyOf(roles);
        }
    }

    /// Nobody is signed on at a device any more.
    ///
    /// @param by who ended it; null if no person did
    record SignedOff(String device, String person, Ending ending, @Nullable String by)
            implements StaffingEvent {
        public SignedOff {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
            requireNonNull(ending, "ending");
        }
    }

    /// Who is signed on at a device has gone away from it.
    record DeviceLocked(String device, String person) implements StaffingEvent {
        public DeviceLocked {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
        }
    }

    /// Who is signed on at a device is back.
    record DeviceUnlocked(String device, String person) implements StaffingEvent {
        public DeviceUnlocked {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
        }
    }

    /// Headquarters changed somebody who is signed on at a device.
    record RolesChanged(String device, String person, String name, List<String> roles)
            implements StaffingEvent {
        public RolesChanged {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
            requireNonNull(name, "name");
            roles = List.copyOf(roles);
        }
    }

    /// Somebody was not let in. A lock-out is told once for each person at each device.
    ///
    /// @param device empty if it is not known
    /// @param person empty if there is none such: what was typed may be a PIN
    /// @param action what was to be allowed; null if it was no approval
    /// @param wrong how many wrong PINs in a row this was, of this person at this device; null if it was no wrong PIN
    /// @param personUntil until when no PIN of this person is looked at, anywhere; null if that is not so
    /// @param deviceUntil until when no PIN is looked at, at this device; null if that is not so
    record AccessRefused(
            String device,
            String person,
            Purpose purpose,
            @Nullable String action,
            Refusal why,
            @Nullable Integer wrong,
            @Nullable Instant personUntil,
            @Nullable Instant deviceUntil)
            implements StaffingEvent {
        public AccessRefused {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
            requireNonNull(purpose, "purpose");
            requireNonNull(why, "why");
        }
    }

    /// Somebody allowed a single action at a device.
    ///
    /// @param device empty if it is not known
    /// @param person who allowed it
    /// @param askedBy who is signed on there; empty if nobody is
    /// @param action in words, such as `discount 20 % on line 3 of basket 17`
    record ActionApproved(String device, String person, String askedBy, String action)
            implements StaffingEvent {
        public ActionApproved {
            requireNonNull(device, "device");
            requireNonNull(person, "person");
            requireNonNull(askedBy, "askedBy");
            requireNonNull(action, "action");
        }
    }

    /// A manager gave somebody another PIN, in this store. It counts until headquarters tell another of this person.
    ///
    /// @param over what headquarters had told of the person's PIN; null if that was none, and of a helper
    record PinSet(String person, PinHash pin, @Nullable PinHash over, String by)
            implements StaffingEvent {
        public PinSet {
            requireNonNull(person, "person");
            requireNonNull(pin, "pin");
            requireNonNull(by, "by");
        }
    }

    /// A manager took somebody on for some days, in this store alone; or such a helper is not as before.
    ///
    /// @param person the id that is typed, of nobody else
    /// @param roles as headquarters names them
    /// @param until from then on the helper is nobody here
    record HelperTaken(
            String person, String name, List<String> roles, PinHash pin, Instant until, String by)
            implements StaffingEvent {
        public HelperTaken {
            requireNonNull(person, "person");
            requireNonNull(name, "name");
            roles = List.copyOf(roles);
            requireNonNull(pin, "pin");
            requireNonNull(until, "until");
            requireNonNull(by, "by");
        }
    }

    /// A helper left before the time.
    record HelperReleased(String person, String by) implements StaffingEvent {
        public HelperReleased {
            requireNonNull(person, "person");
            requireNonNull(by, "by");
        }
    }

    /// A manager ended a lock-out: wrong PINs so far do not count any more.
    ///
    /// @param person whose; null if it is about a device
    /// @param device at which; null if it is about a person
    record LockOutLifted(@Nullable String person, @Nullable String device, String by)
            implements StaffingEvent {
        public LockOutLifted {
            requireNonNull(by, "by");
        }
    }

    /// A device belongs to the store. One of the same name does so no more.
    ///
    /// @param tokenHash SHA-256 of its token, as 64 hexadecimal digits
    /// @param by who let it in
    record DevicePaired(String device, DeviceKind kind, String tokenHash, String by)
            implements StaffingEvent {
        public DevicePaired {
            requireNonNull(device, "device");
            requireNonNull(kind, "kind");
            requireNonNull(tokenHash, "tokenHash");
            requireNonNull(by, "by");
        }
    }

    /// A code was confirmed that no screen shows.
    record PairingRefused(String device, String by) implements StaffingEvent {
        public PairingRefused {
            requireNonNull(device, "device");
            requireNonNull(by, "by");
        }
    }

    /// A device has another name.
    record DeviceRenamed(String device, String to, String by) implements StaffingEvent {
        public DeviceRenamed {
            requireNonNull(device, "device");
            requireNonNull(to, "to");
            requireNonNull(by, "by");
        }
    }

    /// A device belongs to the store no more.
    record DeviceRemoved(String device, String by) implements StaffingEvent {
        public DeviceRemoved {
            requireNonNull(device, "device");
            requireNonNull(by, "by");
        }
    }
}
