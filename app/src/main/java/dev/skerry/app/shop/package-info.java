/// A store's contexts, wired: where they meet, read top to bottom.
@NullMarked
package dev.skerry.app.shop;

import org.jspecify.annotations.NullMarked;
