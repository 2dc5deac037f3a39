@org.jspecify.annotations.NullMarked
package dev.skerry.stream.client;
