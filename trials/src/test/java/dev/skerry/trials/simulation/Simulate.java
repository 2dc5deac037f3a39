package dev.skerry.trials.simulation;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;

/// Runs the simulation: `./dev sim` some fresh seeds, `./dev sim SEED` one again, step by step, `--seeds N` so many, `--minutes N` so
/// long. Ends at the first seed that fails, with what it takes to replay it.
public final class Simulate {

    private static final int SEEDS = 1_000;

    private Simulate() {}

    public static void main(String[] args) {
        long first = new SecureRandom().nextLong(1_000_000_000_000L);
        long seeds = SEEDS;
        Duration atMost = Duration.ofDays(365);
        switch (args.length) {
            case 0 -> {}
            case 1 -> {
                first = Long.parseLong(args[0]);
                seeds = 1;
            }
            default -> {
                switch (args[0]) {
                    case "--seeds" -> seeds = Long.parseLong(args[1]);
                    case "--minutes" -> {
                        seeds = Long.MAX_VALUE;
                        atMost = Duration.ofMinutes(Long.parseLong(args[1]));
                    }
                    default -> {
                        System.err.println("usage: sim [SEED | --seeds N | --minutes N]");
                        System.exit(2);
                    }
                }
            }
        }
        if (!run(first, seeds, atMost)) {
            System.exit(1);
        }
    }

    private static boolean run(long first, long seeds, Duration atMost) {
        long startNs = System.nanoTime();
        long done = 0;
        try (Quiet _ = new Quiet()) {
            while (done < seeds && System.nanoTime() - startNs < atMost.toNanos()) {
                Consumer<String> listener = seeds == 1 ? System.out::println : line -> {};
                new Simulation(first + done, Variation.sound(), listener).run();
                done++;
            }
        } catch (AssertionError e) {
            System.err.println(e.getMessage());
            return false;
        }
        System.out.printf(
                "%d seeds from %d on, %d steps of chaos each: all invariants held (%d s)%n",
                done,
                first,
                Simulation.STEPS,
                Duration.ofNanos(System.nanoTime() - startNs).toSeconds());
        return true;
    }
}
