@NullMarked
package dev.skerry.app.chain;

import org.jspecify.annotations.NullMarked;
