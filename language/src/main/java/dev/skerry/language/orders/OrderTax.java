package dev.skerry.language.orders;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;

/// The tax of all lines of one rate.
///
/// @param net without the tax
/// @param gross with it
public record OrderTax(String category, Percent rate, Money net, Money tax, Money gross) {}
