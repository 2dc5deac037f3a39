/// The coding in columns goes there and back exactly, whatever the bytes.
@NullMarked
package dev.skerry.stream.columns;

import org.jspecify.annotations.NullMarked;
