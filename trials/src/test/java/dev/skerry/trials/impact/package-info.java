/// What `./dev fast` runs: the quick test classes that a change can affect since they last passed. A class of tests is fingerprinted with
/// all that it can reach: classes of the project by what class files say, resources of the modules of these, files of the repository that
/// its strings name, and how tests are run. Too much is reached rather than too little.
@NullMarked
package dev.skerry.trials.impact;

import org.jspecify.annotations.NullMarked;
