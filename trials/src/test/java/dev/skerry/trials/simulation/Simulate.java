package dev.skerry.trials.simulation;

import dev.skerry.trials.link.LinkSimulation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Runs the simulations: `./dev sim` some fresh seeds of each, `./dev sim SEED` one of the streams' again, step by step, `./dev sim link SEED`
/// one of the link's; `--seeds N` so many, `--minutes N` so long. Ends at the first seed that fails, with what it takes to replay it.
public final class Simulate {

    private static final int SEEDS = 1_000;

    /// What there is to simulate.
    private enum Kind {
        STREAMS {
            @Override
            void run(long seed, Consumer<String> listener) {
                new Simulation(seed, Variation.sound(), listener).run();
            }
        },
        LINK {
            @Override
            void run(long seed, Consumer<String> listener) {
                LinkSimulation.run(seed, listener);
            }
        };

        abstract void run(long seed, Consumer<String> listener);
    }

    private Simulate() {}

    public static void main(String[] args) {
        Deque<String> words = new ArrayDeque<>(List.of(args));
        List<Kind> kinds = List.of(Kind.values());
        if ("link".equals(words.peek())) {
            words.remove();
            kinds = List.of(Kind.LINK);
        }
        long first = new SecureRandom().nextLong(1_000_000_000_000L);
        long seeds = SEEDS;
        Duration atMost = Duration.ofDays(365);
        switch (words.size()) {
            case 0 -> {}
            case 1 -> {
                first = Long.parseLong(words.remove());
                seeds = 1;
                kinds = List.of(kinds.getFirst());
            }
            default -> {
                switch (words.remove()) {
                    case "--seeds" -> seeds = Long.parseLong(words.remove());
                    case "--minutes" -> {
                        seeds = Long.MAX_VALUE;
                        atMost = Duration.ofMinutes(Long.parseLong(words.remove()));
                    }
                    default -> {
                        System.err.println("usage: sim [link] [SEED | --seeds N | --minutes N]");
                        System.exit(2);
                    }
                }
            }
        }
        if (!run(kinds, first, seeds, atMost)) {
            System.exit(1);
        }
    }

    private static boolean run(List<Kind> kinds, long first, long seeds, Duration atMost) {
        long startNs = System.nanoTime();
        long done = 0;
        try (Quiet _ = new Quiet()) {
            while (done < seeds && System.nanoTime() - startNs < atMost.toNanos()) {
                Consumer<String> listener = seeds == 1 ? System.out::println : _ -> {};
                for (Kind kind : kinds) {
                    kind.run(first + done, listener);
                }
                done++;
            }
        } catch (AssertionError e) {
            System.err.println(e.getMessage());
            return false;
        }
        System.out.printf(
                "%s: %d seeds from %d on: all invariants held (%d s)%n",
                kinds, done, first, Duration.ofNanos(System.nanoTime() - startNs).toSeconds());
        return true;
    }
}
