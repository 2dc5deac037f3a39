package dev.skerry.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many cores this process, the client, has kept busy since this was made.
final class Cores {

    private final StreamServer server;
    private final OperatingSystemMXBean self =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long begin = System.nanoTime();
    private final long clientBegin = self.getProcessCpuTime();

    /// @param server which it asks meanwhile
    Cores(StreamServer server) {
        this.server = server;
    }

    StreamServer server() {
        return server;
    }

    double client() {
        return (double) (self.getProcessCpuTime() - clientBegin) / (System.nanoTime() - begin);
    }
}
