/// How a node is watched: whether it is ready to work and why not, what its disk holds, and its figures as Prometheus reads
/// them. Nothing here decides anything, and nothing depends on the line.
@NullMarked
package dev.skerry.node.telemetry;

import org.jspecify.annotations.NullMarked;
