/// Promises about how a node is watched.
@NullMarked
package dev.skerry.node.telemetry;

import org.jspecify.annotations.NullMarked;
