@NullMarked
package dev.skerry.trials.rooms.broken.node.http;

import org.jspecify.annotations.NullMarked;
