@NullMarked
package dev.skerry.trials.rooms.broken.node.config;

import org.jspecify.annotations.NullMarked;
