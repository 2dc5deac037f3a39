/// The screens of a store in a real browser: elements are found by role and visible text, as people find them.
@NullMarked
package dev.skerry.trials.screens;

import org.jspecify.annotations.NullMarked;
