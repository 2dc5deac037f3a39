/// People and devices of a store: who is signed on where, who may do what, which screens belong to the store.
///
/// Decides who signs on with which PIN, when too many wrong ones lock a person and a device out, who may allow an action at somebody
/// else's device, and which devices are let in by which token; and what a store must be able to say with the line down: another PIN, a
/// helper for some days.
/// Publishes `store-…/staff`, which is also the audit: every sign-on, refusal, approval and pairing.
/// Follows `hq/staff`: who works here, in which roles, with which PIN.
/// Promises: all of it works without a line; what ends (a session, a device, a person) has ended for the next request; neither a PIN
/// nor a token is stored, or told to anybody.
@NullMarked
package dev.skerry.store.staff;

import org.jspecify.annotations.NullMarked;
