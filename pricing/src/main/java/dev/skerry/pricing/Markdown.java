package dev.skerry.pricing;

import static java.util.Objects.requireNonNull;

/// The store's own reduction of a line before any promotion: surplus, near expiry, a sticker with a new price. Of several on
/// a line the one that takes off most counts.
///
/// @param campaign which campaign or sticker; shown to whoever asks
public record Markdown(String campaign, Reduction reduction) {
    public Markdown {
        requireNonNull(campaign, "campaign");
        requireNonNull(reduction, "reduction");
    }
}
