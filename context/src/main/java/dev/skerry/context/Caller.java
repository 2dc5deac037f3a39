package dev.skerry.context;

import java.util.Set;

/// Who asks: a person at a device.
///
/// @param person who is signed on at the device; empty where nobody is, and while the device is locked
/// @param device such as `till-3`; empty if it is not known
/// @param roles what the device may do, and the person at it
public record Caller(String person, String device, Set<Role> roles) {

    /// What somebody is at the store.
    public enum Role {
        /// A guest at a kiosk or with a phone: orders, and pays.
        GUEST,
        CASHIER,
        COOK,
        /// Receives, counts, wastes goods.
        STOCK,
        /// Approves, opens and closes the day, changes the store's own data.
        MANAGER,
        /// Another vendor's system: puts orders in, and reads.
        INTEGRATION,
        /// What a till shows to its customer: reads what is being sold and paid.
        DISPLAY
    }

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
