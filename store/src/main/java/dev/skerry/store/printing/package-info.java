/// Paper: receipts, kitchen tickets, reports, on the printers of the store.
///
/// Decides which printer prints what, and what becomes of it when a printer does not answer, has no paper, or was away for so long that
/// nobody wants yesterday's tickets. Publishes `local/printing`: printers, letterhead, each job as it stands; nothing leaves the store.
/// Follows the store's orders, kitchen and payments: each paid order's receipt, each ticket of a station that has a printer, each Z and
/// each slip of the cash office is queued once. Promises: what is queued is durable and is never lost; nothing
/// is printed twice without saying so on the paper; a renderer never leaves out a part of a number.
///
/// One model ([Document]) has three forms: text, HTML, ESC/POS.
@NullMarked
package dev.skerry.store.printing;

import org.jspecify.annotations.NullMarked;
