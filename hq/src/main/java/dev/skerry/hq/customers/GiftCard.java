package dev.skerry.hq.customers;

import dev.skerry.language.Money;

/// What is on a gift card.
///
/// @param loaded by HQ, in all
/// @param taken by stores, less what they gave back
/// @param balance below zero where stores took what was not there
/// @param blocked stores do not take it
public record GiftCard(String card, Money loaded, Money taken, Money balance, boolean blocked) {}
