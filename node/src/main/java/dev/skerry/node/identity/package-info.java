/// Who is who between stores and HQ: HQ's own certificate authority, the one-time token with which a store joins, and the
/// store's key and certificate. Promises that a private key never leaves the machine on which it was made, that a crash
/// between any two steps leaves a working identity or none, and that each side talks to exactly the other. Files and
/// decisions only: knows no HTTP. No store certificate is ever revoked: HQ refuses an old machine by its epoch.
@NullMarked
package dev.skerry.node.identity;

import org.jspecify.annotations.NullMarked;
