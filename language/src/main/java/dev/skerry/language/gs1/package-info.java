/// What a scanner hands over, as GS1's General Specifications have it: GTINs of every length, element strings, Digital Links, and
/// the codes that a chain makes for its own stores. Pure: knows no article.
@NullMarked
package dev.skerry.language.gs1;

import org.jspecify.annotations.NullMarked;
