/// The pages that a node shows to people: files that come with the program, with no framework and nothing fetched from elsewhere,
/// since a store may have no line. What they show they ask the node's API.
@NullMarked
package dev.skerry.app.pages;

import org.jspecify.annotations.NullMarked;
