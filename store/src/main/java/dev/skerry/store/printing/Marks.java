package dev.skerry.store.printing;

import org.jspecify.annotations.Nullable;

/// What a piece of paper says about itself, so that nobody takes it for another.
///
/// @param duplicate printed on purpose once more
/// @param uncertain may have been printed before
/// @param insteadOf the name of the printer that could not print it; null if this is the one
/// @param drawer the drawer may open, if the document wants that
record Marks(boolean duplicate, boolean uncertain, @Nullable String insteadOf, boolean drawer) {

    static final Marks NONE = new Marks(false, false, null, false);
    static final Marks DUPLICATE = new Marks(true, false, null, false);
}
