/// Who works at headquarters, and may do what there: the events of its stream `local/people`, which no store gets.
@NullMarked
package dev.skerry.language.people;

import org.jspecify.annotations.NullMarked;
