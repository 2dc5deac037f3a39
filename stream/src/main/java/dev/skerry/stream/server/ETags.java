package dev.skerry.stream.server;

import org.jspecify.annotations.Nullable;

/// Compares entity tags, as RFC 9110 does for If-None-Match: weakly.
final class ETags {

    private ETags() {}

    static boolean match(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String one : ifNoneMatch.split(",", -1)) {
            String candidate = one.strip();
            if (candidate.equals("*") || opaque(candidate).equals(opaque(tag))) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
