/// How a node tells screens what has changed, in a store and at HQ alike.
@NullMarked
package dev.skerry.app.feed;

import org.jspecify.annotations.NullMarked;
