package dev.skerry.app;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/// Keeps a server running until the process is told to stop, and then closes it. To be made before anything is told to the
/// user: from then on Ctrl-C is heard.
final class Stopping {

    private final CountDownLatch stopped = new CountDownLatch(1);

    Stopping(AutoCloseable server, PrintWriter out) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(() -> {
                                    try {
                                        server.close();
                                        out.println("Stopped.");
                                    } catch (Exception e) {
                                        out.println("Did not stop properly: " + e);
                                    }
                                    out.flush();
                                    stopped.countDown();
                                }));
    }

    void await() throws InterruptedException {
        stopped.await();
    }
}
