@NullMarked
package dev.skerry.app.backup;

import org.jspecify.annotations.NullMarked;
