@NullMarked
package dev.skerry.hq.customers;

import org.jspecify.annotations.NullMarked;
