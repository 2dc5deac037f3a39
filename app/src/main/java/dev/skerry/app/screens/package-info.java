/// Serves the screens that people work at: what is in the folders of `screens` beside this class, and the libraries that it uses, all
/// of them with the program. [docs/screens.md](../../../../../../../../docs/screens.md) says how to make one.
@NullMarked
package dev.skerry.app.screens;

import org.jspecify.annotations.NullMarked;
