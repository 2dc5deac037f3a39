/// The contexts of headquarters wired, and what two of them do together.
@NullMarked
package dev.skerry.app.headquarters;

import org.jspecify.annotations.NullMarked;
