/// What a chain's headquarters tells its stores, from outside: an example chain made up from a seed, and folders of other systems' data; and
/// how either comes into HQ's streams, of which only what has changed is written.
@NullMarked
package dev.skerry.app.chain;

import org.jspecify.annotations.NullMarked;
