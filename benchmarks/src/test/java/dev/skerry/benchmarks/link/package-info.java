/// Tests of what the measurements of the link rest on. The peers themselves are started by `./dev bench` only.
@NullMarked
package dev.skerry.benchmarks.link;

import org.jspecify.annotations.NullMarked;
