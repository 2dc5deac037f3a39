package dev.skerry.trials.nodes;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fifty rounds of the crash trial; `./dev crash` runs a thousand.
@Tag("slow")
class CrashTest {

    private static final int ROUNDS = 50;
    private static final int CHAINS = 2;

    @Test
    void no_sale_is_lost_or_doubled_however_often_servers_are_killed_and_the_line_fails()
            throws InterruptedException {
        long seed = new SecureRandom().nextLong(1_000_000_000);
        System.out.println(Crash.run(ROUNDS, CHAINS, seed, Path.of("target", "crash")));
    }
}
