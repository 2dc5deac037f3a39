/// What headquarters do for all stores, a context a package: they follow the streams of stores, and write the streams of HQ.
@NullMarked
package dev.skerry.hq;

import org.jspecify.annotations.NullMarked;
