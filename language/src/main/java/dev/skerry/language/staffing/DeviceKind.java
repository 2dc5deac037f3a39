package dev.skerry.language.staffing;

/// What a screen or a system of a store is.
public enum DeviceKind {
    TILL,
    /// Where guests order by themselves.
    KIOSK,
    /// A menu board.
    BOARD,
    /// A kitchen's screen.
    KITCHEN,
    /// What a till shows to the customer.
    DISPLAY,
    /// A browser in the back office.
    OFFICE,
    HANDHELD,
    /// Another vendor's system.
    INTEGRATION
}
