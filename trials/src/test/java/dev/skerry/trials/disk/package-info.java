/// Disks as they are in a cupboard behind a shop: full.
@NullMarked
package dev.skerry.trials.disk;

import org.jspecify.annotations.NullMarked;
