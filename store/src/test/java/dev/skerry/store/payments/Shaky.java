package dev.skerry.store.payments;

import dev.skerry.language.Money;
import java.util.Random;
import java.util.function.Supplier;

/// A terminal and an HQ that lose requests and answers, and in whose middle the process dies, all from one seed.
final class Shaky {

    private static final int FAULTS_OF_TEN = 4;

    private final Random random;
    boolean quiet;

    Shaky(long seed) {
        this.random = new Random(seed);
    }

    /// What goes wrong with a request, and when.
    private enum Fault {
        NONE,
        REQUEST_LOST,
        ANSWER_LOST,
        CRASH_BEFORE,
        CRASH_AFTER
    }

    private Fault fault() {
        return quiet || random.nextInt(10) >= FAULTS_OF_TEN
                ? Fault.NONE
                : Fault.values()[random.nextInt(Fault.values().length)];
    }

    private <A> A call(Supplier<A> asked, A lost) {
        return switch (fault()) {
            case NONE -> asked.get();
            case REQUEST_LOST -> lost;
            case ANSWER_LOST -> {
                var _ = asked.get();
                yield lost;
            }
            case CRASH_BEFORE -> throw new Crash();
            case CRASH_AFTER -> {
                var _ = asked.get();
                throw new Crash();
            }
        };
    }

    Terminal over(Terminal terminal) {
        return new Terminal() {
            @Override
            public Authorization authorise(Request request) {
                return call(
                        () -> terminal.authorise(request),
                        new Authorization.Unknown(request.reference()));
            }

            @Override
            public Authorization outcome(String till, String reference) {
                return call(
                        () -> terminal.outcome(till, reference),
                        random.nextBoolean()
                                ? new Authorization.OutOfReach()
                                : new Authorization.Unknown(reference));
            }

            @Override
            public Reversal reverse(String till, String reference) {
                return call(() -> terminal.reverse(till, reference), new Reversal.Unknown());
            }

            @Override
            public Authorization forward(String till, String reference, Money amount) {
                return call(
                        () -> terminal.forward(till, reference, amount),
                        new Authorization.Unknown(reference));
            }

            @Override
            public Authorization refund(Refund refund) {
                return call(
                        () -> terminal.refund(refund),
                        new Authorization.Unknown(refund.reference()));
            }
        };
    }

    GiftCards over(GiftCards giftCards) {
        return new GiftCards() {
            @Override
            public Authorization redeem(String reference, String card, Money amount) {
                return call(
                        () -> giftCards.redeem(reference, card, amount),
                        new Authorization.Unknown(reference));
            }

            @Override
            public Authorization outcome(String reference) {
                return call(
                        () -> giftCards.outcome(reference), new Authorization.Unknown(reference));
            }

            @Override
            public Reversal reverse(String reference) {
                return call(() -> giftCards.reverse(reference), new Reversal.Unknown());
            }
        };
    }
}
