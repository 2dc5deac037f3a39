package dev.skerry.store.payments;

import dev.skerry.language.Money;
import dev.skerry.language.payments.RefundOf;
import dev.skerry.language.payments.TenderKind;

/// How much of an order should go back by which tender.
///
/// @param of what to name as [GivingBack#of]
public record RefundPart(TenderKind kind, Money amount, RefundOf of) {}
