/// HQ and up to fifty stores, from one seed: lines that are slow, cut, half-open or swallow everything, crashes between any two
/// steps and inside any commit, full disks, clocks that jump, new machines, old images and copies of machines. Every invariant is
/// checked after every step; then all faults end, and everything must converge: `./dev sim link SEED`.
@NullMarked
package dev.skerry.trials.link;

import org.jspecify.annotations.NullMarked;
