package dev.skerry.app.replay;

import dev.skerry.language.staff.PinHash;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staff.StaffEvent.PersonChanged;
import java.util.List;
import java.util.random.RandomGenerator;

/// Who opens and closes all stores and stands at all tills: only a manager may sell at prices that another system gave.
///
/// @param pin of digits
public record Manager(String person, String pin) {

    /// Few, for quick sign-ons: the PIN opens a replay and nothing else.
    private static final int ITERATIONS = 1_000;

    private static final int PIN_END = 1_000_000_000;

    /// Another one each time.
    public static Manager of(RandomGenerator random) {
        return new Manager("900001", "%09d".formatted(random.nextInt(PIN_END)));
    }

    /// As HQ tells all its stores.
    StaffEvent event(RandomGenerator random) {
        byte[] salt = new byte[PinHash.SALT_BYTES_MIN];
        random.nextBytes(salt);
        return new PersonChanged(
                person, "Replay", List.of("manager"), null, PinHash.of(pin, salt, ITERATIONS));
    }
}
