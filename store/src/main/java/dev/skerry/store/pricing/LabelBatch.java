package dev.skerry.store.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Sku;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Labels that were printed together, or sent to electronic shelf labels.
///
/// @param by who had them made
public record LabelBatch(String id, Instant at, String by, List<Entry> labels) {

    /// How many labels a batch has at most.
    public static final int LABELS_MAX = 500;

    /// So many batches are kept, the newest.
    public static final int BATCHES_MAX = 200;

    /// @param hungAt when it hung at its shelf; null while it does not
    public record Entry(Sku sku, String name, Money price, @Nullable Instant hungAt) {}

    /// @param hung how many of its labels hang
    public record Summary(String id, Instant at, String by, int labels, int hung) {}

    /// A label that does not say what its article costs.
    ///
    /// @param price that it should say
    /// @param said what the last one that was made says; null if none was
    public record Due(Sku sku, String name, Money price, @Nullable Money said) {}

    public LabelBatch {
        labels = List.copyOf(labels);
    }
}
