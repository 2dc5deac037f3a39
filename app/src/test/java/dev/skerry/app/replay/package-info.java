@NullMarked
package dev.skerry.app.replay;

import org.jspecify.annotations.NullMarked;
