package dev.skerry.context;

import java.util.Set;

/// Who asks: a person at a device.
///
/// @param person who is signed on at the device; empty where nobody is, and while the device is locked
/// @param device such as `till-3`; empty if it is not known
/// @param roles what the device may do, and the person at it
public record Caller(String person, String device, Set<Role> roles) {

    /// What somebody is: the first ones at a store, the later ones at headquarters. Nobody has one of each.
    public enum Role {
        /// A guest at a kiosk: orders, and pays.
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
        DISPLAY,
        /// Somebody with a telephone of their own, which is no device of the store: scans, and pays, for some hours.
        SHOPPER,
        /// At HQ: everything, and who else may do what.
        ADMIN,
        /// At HQ: articles, prices, promotions, customers.
        MERCHANT,
        /// At HQ: reads sales.
        ANALYST,
        /// At HQ: reconciles money and stock.
        ACCOUNTANT,
        /// At HQ: stores, their lines and devices.
        SUPPORT
    }

    /// Those of headquarters.
    public static final Set<Role> OF_HQ =
            Set.of(Role.ADMIN, Role.MERCHANT, Role.ANALYST, Role.ACCOUNTANT, Role.SUPPORT);

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
