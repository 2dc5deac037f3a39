/// The streams server as the world sees it: a process of its own, over HTTP, killed at will.
@NullMarked
package dev.skerry.trials.streams;

import org.jspecify.annotations.NullMarked;
