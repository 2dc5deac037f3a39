/// What a store's people and devices did to get in, as the store tells it in its stream `store-…/staff`: who signed on where, who was
/// refused, who allowed what, and which devices belong to the store.
@NullMarked
package dev.skerry.language.staffing;

import org.jspecify.annotations.NullMarked;
