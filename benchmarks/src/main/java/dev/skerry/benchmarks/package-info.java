/// Measures, side by side in one run, this project against the machine's own limits and against its peers. `./dev bench`
/// runs it; `docs/benchmarks.md` says what came of it.
@NullMarked
package dev.skerry.benchmarks;

import org.jspecify.annotations.NullMarked;
