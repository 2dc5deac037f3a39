/// Who works in stores, and may do what, as headquarters tells its stores in the stream `hq/staff`.
@NullMarked
package dev.skerry.language.staff;

import org.jspecify.annotations.NullMarked;
