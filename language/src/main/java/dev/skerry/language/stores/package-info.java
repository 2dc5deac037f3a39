/// What headquarters know of the stores of the chain: the events of HQ's streams `local/store-profiles` and `local/store-lines`.
@NullMarked
package dev.skerry.language.stores;

import org.jspecify.annotations.NullMarked;
