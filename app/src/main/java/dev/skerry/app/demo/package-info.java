/// The demo: an HQ and its stores in one process, shoppers who use nothing but the stores' HTTP API, and a page on which the lines can be cut.
///
/// What it shows is counted where it is said to be: a store's sales in the store's own stream, what HQ knows in HQ's mirror of it.
@NullMarked
package dev.skerry.app.demo;

import org.jspecify.annotations.NullMarked;
