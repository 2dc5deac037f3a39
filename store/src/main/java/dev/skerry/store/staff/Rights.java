package dev.skerry.store.staff;

import dev.skerry.context.Caller.Role;
import dev.skerry.language.staffing.DeviceKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What roles and devices may do. A role of headquarters' that is not in this table gives nothing, and stays in lists of roles as it is.
///
/// | role at HQ | in the store | may allow others' actions |
/// |---|---|---|
/// | `cashier` | CASHIER | |
/// | `cook` | COOK | |
/// | `stock` | STOCK | |
/// | `supervisor` | CASHIER, STOCK | yes |
/// | `manager` | MANAGER, CASHIER, COOK, STOCK | yes |
///
/// | device | may, whoever is signed on | people sign on |
/// |---|---|---|
/// | till, office, handheld | | yes |
/// | kitchen | COOK | yes |
/// | kiosk | GUEST | |
/// | display | DISPLAY | |
/// | board | | |
/// | integration | INTEGRATION | |
final class Rights {

    private static final String SUPERVISOR = "supervisor";
    private static final String MANAGER = "manager";

    private Rights() {}

    static Set<Role> manager() {
        return of(List.of(MANAGER));
    }

    static Set<Role> of(Collection<String> roles) {
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        roles.forEach(role -> all.addAll(of(role)));
        return all;
    }

    private static Set<Role> of(String role) {
        return switch (role) {
            case "cashier" -> Set.of(Role.CASHIER);
            case "cook" -> Set.of(Role.COOK);
            case "stock" -> Set.of(Role.STOCK);
            case SUPERVISOR -> Set.of(Role.CASHIER, Role.STOCK);
            case MANAGER -> Set.of(Role.MANAGER, Role.CASHIER, Role.COOK, Role.STOCK);
            default -> Set.of();
        };
    }

    static Set<Role> of(DeviceKind kind) {
        return switch (kind) {
            case KIOSK -> Set.of(Role.GUEST);
            case KITCHEN -> Set.of(Role.COOK);
            case INTEGRATION -> Set.of(Role.INTEGRATION);
            case DISPLAY -> Set.of(Role.DISPLAY);
            case TILL, OFFICE, HANDHELD, BOARD -> Set.of();
        };
    }

    static boolean mayApprove(Collection<String> roles) {
        return roles.contains(SUPERVISOR) || roles.contains(MANAGER);
    }

    static boolean isManager(Collection<String> roles) {
        return of(roles).contains(Role.MANAGER);
    }

    static boolean takesPeople(DeviceKind kind) {
        return switch (kind) {
            case TILL, OFFICE, HANDHELD, KITCHEN -> true;
            case KIOSK, BOARD, DISPLAY, INTEGRATION -> false;
        };
    }
}
