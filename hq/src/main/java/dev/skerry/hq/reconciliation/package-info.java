/// Whether what stores, processors, banks and headquarters know of the same money and goods is the same.
///
/// Decides what is a difference, and from when on: payments by card three ways (tills, processor, bank), Z reports against tenders,
/// sales against payments, counts against the books of stock, headquarters' copies against what stores wrote; and late declines.
/// Publishes `local/reconciliation`: files of processors and banks, what people decided, which days of copies are proven.
/// Follows `store-*/**` with one cursor.
/// Promises: a difference goes away by itself when what was missing comes, in whatever order; and none is forgotten before somebody
/// has said what was done about it.
@NullMarked
package dev.skerry.hq.reconciliation;

import org.jspecify.annotations.NullMarked;
