/// Who may do what at headquarters.
///
/// Decides whether a password or a token lets somebody in, and with which roles. Publishes `local/people`, which is the audit of sign-ons and
/// goes to no store. Follows nothing. A person or program that was removed a moment ago is not let in any more; nothing that is kept lets who
/// reads it sign on.
@NullMarked
package dev.skerry.hq.people;

import org.jspecify.annotations.NullMarked;
