/// What is served for screens.
@NullMarked
package dev.skerry.app.screens;

import org.jspecify.annotations.NullMarked;
