/// Codes chunks of similar events to about half of what zstd makes of them, and exactly back: [Columns] is the way in.
/// `docs/columns-format.md` describes the result.
@NullMarked
package dev.skerry.stream.columns;

import org.jspecify.annotations.NullMarked;
