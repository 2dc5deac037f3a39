package dev.skerry.app.shop;

import org.jspecify.annotations.Nullable;

/// How shoppers may scan and pay with their own telephones.
///
/// @param offered whether they may at all
/// @param checkPercent of the trips, those that are looked at before they leave: 0 to 100
/// @param terminal the device whose card terminal they may pay at without a cashier; null if they pay at a till
/// @param key by which the store knows what it has given to phones; secret, and the same after a restart
public record PhoneRules(boolean offered, int checkPercent, @Nullable String terminal, String key) {

    /// Without phones.
    public static final PhoneRules NONE = new PhoneRules(false, 0, null, "");

    public PhoneRules {
        if (checkPercent < 0 || checkPercent > 100) {
            throw new IllegalArgumentException("a share is 0 to 100 %, not " + checkPercent);
        }
        if (offered && key.isBlank()) {
            throw new IllegalArgumentException("phones need a key");
        }
    }

    @Override
    public String toString() {
        return "PhoneRules[offered=%s, checkPercent=%d, terminal=%s]"
                .formatted(offered, checkPercent, terminal);
    }
}
