/// The link beside its peers: the same stores, the same line, the same sales. A [Pair] is a store and HQ of one make; [LinkRuns]
/// is what each make has to do.
@NullMarked
package dev.skerry.benchmarks.link;

import org.jspecify.annotations.NullMarked;
