/// The link: a store keeps its streams and HQ's in step over connections that only the store opens. Everything here gets on
/// by steps and messages; it knows no socket, no thread and no clock of its own. `docs/protocol.md` describes what is said.
@NullMarked
package dev.skerry.node.link;

import org.jspecify.annotations.NullMarked;
