package dev.skerry.trials.rooms.broken.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

final class ReadsTheEnvironment {

    @Nullable String variable() {
        return System.getenv("SKERRY");
    }

    Map<String, String> variables() {
        return System.getenv();
    }

    @Nullable String property() {
        return System.getProperty("skerry");
    }

    Properties properties() {
        return System.getProperties();
    }

    @Nullable Integer number() {
        return Integer.getInteger("skerry");
    }

    boolean flag() {
        return Boolean.getBoolean("skerry");
    }

    ZoneId zone() {
        return ZoneId.systemDefault();
    }

    TimeZone oldZone() {
        return TimeZone.getDefault();
    }

    Locale language() {
        return Locale.getDefault();
    }

    InetAddress host() throws UnknownHostException {
        return InetAddress.getLocalHost();
    }
}
