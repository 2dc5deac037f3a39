/// How the contexts of a node are opened, driven and kept, in a store and at HQ alike.
@NullMarked
package dev.skerry.app.contexts;

import org.jspecify.annotations.NullMarked;
