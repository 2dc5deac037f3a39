/// Strict configuration. Settings are declared in code ([NodeSettings]); values come from a file, then
/// the environment, then the command line, and a later one wins.
///
/// Promises: nothing unknown, doubled, unreadable or out of range is ever ignored, not even where a
/// later source overrides it; all errors are told at once, each with its place and its remedy; every
/// effective value knows where it came from; a secret is never shown.
@NullMarked
package dev.skerry.node.config;

import org.jspecify.annotations.NullMarked;
