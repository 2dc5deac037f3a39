package dev.skerry.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The address that a node was told to listen on.
record Listening(String host) {

    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /// Where Linux has the machine's name; to ask the JDK for it would ask the network.
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*");

    /// Whether only programs on this machine get in.
    boolean loopback() {
        try {
            return !everywhere() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isNameOrAddress(String text) {
        if (HOST_NAME.matcher(text).matches()) {
            return true;
        }
        try {
            return !InetAddress.ofLiteral(text).getHostAddress().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean everywhere() {
        return EVERY_ADDRESS.contains(host);
    }

    /// How a program on this machine reaches it.
    String url(String scheme, int port) {
        String reached = everywhere() ? "127.0.0.1" : host;
        return "%s://%s:%d"
                .formatted(scheme, reached.contains(":") ? "[" + reached + "]" : reached, port);
    }

    /// The names and addresses by which it can be called now, as far as this machine knows.
    Set<String> names() {
        TreeSet<String> all = new TreeSet<>(LOOPBACK);
        if (everywhere()) {
            all.addAll(addresses());
            machine(all);
        } else {
            all.add(host);
        }
        return all;
    }

    private static void machine(Set<String> names) {
        try {
            String name =
                    Files.exists(NAME)
                            ? Files.readString(NAME).strip()
                            : InetAddress.getLocalHost().getHostName();
            if (HOST_NAME.matcher(name).matches()) {
                names.add(name);
                if (!name.contains(".")) {
                    // By which it is found where nobody runs a name server.
                    names.add(name + ".local");
                }
            }
        } catch (IOException e) {
            // It has none, then.
        }
    }

    private static Set<String> addresses() {
        TreeSet<String> all = new TreeSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(Listening::up)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(it -> !it.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .flatMap(it -> Stream.of(it.replaceFirst("%.*", "")))
                    .forEach(all::add);
        } catch (SocketException e) {
            // It has no network, then.
        }
        return all;
    }

    private static boolean up(NetworkInterface it) {
        try {
            return it.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
