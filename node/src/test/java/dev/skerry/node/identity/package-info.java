@NullMarked
package dev.skerry.node.identity;

import org.jspecify.annotations.NullMarked;
