package dev.skerry.trials.rooms.broken.node;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

final class Waits {

    void sleeping() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(1));
    }

    void sleepingInUnits() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    String atMost(Future<String> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(1, TimeUnit.SECONDS);
    }
}
