/// What headquarters are told by processors and banks, what they found out about copies, and what people decided: the events of
/// `local/reconciliation`, which stays at headquarters.
@NullMarked
package dev.skerry.language.reconciliation;

import org.jspecify.annotations.NullMarked;
