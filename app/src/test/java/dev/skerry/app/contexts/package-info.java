/// Tests of what all nodes do with their contexts.
@NullMarked
package dev.skerry.app.contexts;

import org.jspecify.annotations.NullMarked;
