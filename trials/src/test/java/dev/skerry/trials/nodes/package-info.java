/// Headquarters and stores as a chain runs them: processes of their own, started by the command line, killed at will, with a line
/// between them that is as bad as lines get.
@NullMarked
package dev.skerry.trials.nodes;

import org.jspecify.annotations.NullMarked;
