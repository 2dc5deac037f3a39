package dev.skerry.trials.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/// Ports of this machine for servers that are killed and come back to them.
public final class Ports {

    /// Below what the system hands out by itself: whoever connects again and again to a server that is down would now and then get
    /// its very port, and be connected to itself.
    private static final int FROM = 20_000;

    private static final int TO = 30_000;

    private Ports() {}

    /// One that is free now.
    public static int free(RandomGenerator random) {
        while (true) {
            int port = random.nextInt(FROM, TO);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
    }
}
