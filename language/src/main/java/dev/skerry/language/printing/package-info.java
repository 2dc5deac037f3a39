/// What is printed in a store, and on which printer: the events of its stream `local/printing`, and the values in them. Also how
/// bar codes are drawn, for whoever shows a receipt without a printer.
@NullMarked
package dev.skerry.language.printing;

import org.jspecify.annotations.NullMarked;
