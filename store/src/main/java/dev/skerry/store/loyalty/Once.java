package dev.skerry.store.loyalty;

import org.jspecify.annotations.Nullable;

/// What is good once.
///
/// @param customer for whom; null if it is good once for all
record Once(String code, @Nullable String customer) {}
