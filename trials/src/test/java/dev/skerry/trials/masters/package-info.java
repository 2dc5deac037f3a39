/// What headquarters tell their stores, over the real link, with time that passes when told.
@NullMarked
package dev.skerry.trials.masters;

import org.jspecify.annotations.NullMarked;
