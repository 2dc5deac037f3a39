/// A chain in small, from one seed: databases, clients, followers and operators, with crashes between any two steps and
/// inside any commit, full disks, lost answers, cut lines and poison events. Every invariant is checked after every step;
/// then all faults end, and everything must converge. The same seed does the same again: `./dev sim SEED`.
@NullMarked
package dev.skerry.trials.simulation;

import org.jspecify.annotations.NullMarked;
