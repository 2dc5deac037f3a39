package dev.skerry.store.payments;

import static java.util.Objects.requireNonNull;

import dev.skerry.language.Money;
import dev.skerry.language.payments.PaidCard;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/// Card terminals that need no bank: for the demo, and for tests. Keeps to all that [Terminal] asks for, as long as the process lives;
/// what it does not know it takes for granted, so that a demo that was restarted can still refund and forward. Any thread.
///
/// What it does about a request is said by [#script], and else by the last two digits of the amount in minor units:
///
/// | amount ends with | does |
/// |---|---|
/// | 41 | declines |
/// | 42 | never gets the request: no answer, no money |
/// | 43 | takes the money, and the answer is lost; asked for the outcome, it says so |
/// | 44 | takes the money and answers too late: asked for the outcome once, it does not know yet |
/// | 45 | acts as if the acquirer were out of reach |
/// | 46 | approves half of it: there is no more on the card |
/// | 47 | stored where it may be; declines it when it is forwarded |
/// | anything else | approves; stores if the acquirer is out of reach and it may |
public final class SimulatedTerminal implements Terminal {

    /// What to do about a request.
    public enum Act {
        APPROVE,
        DECLINE,
        MISS,
        LOSE_ANSWER,
        ANSWER_LATE,
        OUT_OF_REACH,
        APPROVE_HALF,
        DECLINE_LATE
    }

    /// @param answer what came of it
    /// @param moved what the customer is charged, or with a minus what was given back, in minor units
    /// @param silent how often the outcome is still not known when it is asked for
    private record Deal(Authorization answer, long moved, Act act, int silent) {}

    private static final List<String> SCHEMES = List.of("VISA", "MASTERCARD", "GIROCARD");

    private final BooleanSupplier acquirerInReach;
    private final Map<String, Deal> deals = new ConcurrentHashMap<>();
    private final Queue<Act> script = new ConcurrentLinkedQueue<>();

    /// @param acquirerInReach asked at each request
    public SimulatedTerminal(BooleanSupplier acquirerInReach) {
        this.acquirerInReach = requireNonNull(acquirerInReach, "acquirerInReach");
    }

    /// What to do about the next requests for money, whatever their amounts.
    public void script(Act... acts) {
        script.addAll(List.of(acts));
    }

    /// What the customer is charged by this reference, in minor units; negative for a refund.
    public long moved(String reference) {
        Deal deal = deals.get(reference);
        return deal == null ? 0 : deal.moved();
    }

    @Override
    public Authorization authorise(Request request) {
        Deal deal =
                deals.computeIfAbsent(
                        request.reference(),
                        _ -> {
                            Act scripted = script.poll();
                            return begin(
                                    request, scripted == null ? act(request.amount()) : scripted);
                        });
        return switch (deal.act()) {
            case MISS, LOSE_ANSWER, ANSWER_LATE -> new Authorization.Unknown(request.reference());
            case APPROVE, DECLINE, OUT_OF_REACH, APPROVE_HALF, DECLINE_LATE -> deal.answer();
        };
    }

    private Deal begin(Request request, Act act) {
        PaidCard card = card(request.reference());
        if (act == Act.MISS) {
            return new Deal(
                    new Authorization.Unknown(request.reference()), 0, act, Integer.MAX_VALUE);
        }
        boolean reached =
                act != Act.OUT_OF_REACH
                        && act != Act.DECLINE_LATE
                        && acquirerInReach.getAsBoolean();
        if (!reached) {
            Authorization answer =
                    request.mayStore()
                            ? new Authorization.Stored(
                                    "S-" + request.reference(), request.amount(), card)
                            : new Authorization.OutOfReach();
            return new Deal(answer, 0, act == Act.DECLINE_LATE ? act : Act.OUT_OF_REACH, 0);
        }
        if (act == Act.DECLINE) {
            return new Deal(new Authorization.Declined("declined by the bank"), 0, act, 0);
        }
        Money amount =
                act == Act.APPROVE_HALF
                        ? new Money((request.amount().minor() + 1) / 2, request.amount().currency())
                        : request.amount();
        return new Deal(
                new Authorization.Approved(code(request.reference()), amount, card),
                amount.minor(),
                act,
                act == Act.ANSWER_LATE ? 1 : 0);
    }

    private static Act act(Money amount) {
        return switch ((int) (amount.minor() % 100)) {
            case 41 -> Act.DECLINE;
            case 42 -> Act.MISS;
            case 43 -> Act.LOSE_ANSWER;
            case 44 -> Act.ANSWER_LATE;
            case 45 -> Act.OUT_OF_REACH;
            case 46 -> Act.APPROVE_HALF;
            case 47 -> Act.DECLINE_LATE;
            default -> Act.APPROVE;
        };
    }

    private static int hash(String reference) {
        return Math.floorMod(reference.hashCode(), 10_000);
    }

    private static PaidCard card(String reference) {
        int hash = hash(reference);
        return new PaidCard(
                "sim_" + Integer.toHexString(reference.hashCode()),
                String.format(Locale.ROOT, "%04d", hash),
                SCHEMES.get(hash % SCHEMES.size()));
    }

    private static String code(String reference) {
        return String.format(Locale.ROOT, "A%05d", hash(reference));
    }

    @Override
    public Authorization outcome(String till, String reference) {
        Deal before = deals.get(reference);
        deals.computeIfPresent(
                reference,
                (_, deal) ->
                        new Deal(
                                deal.answer(),
                                deal.moved(),
                                deal.act(),
                                Math.max(0, deal.silent() - 1)));
        if (before == null || before.silent() > 0) {
            return new Authorization.Unknown(reference);
        }
        return before.answer() instanceof Authorization.OutOfReach
                ? new Authorization.Declined("the acquirer was out of reach")
                : before.answer();
    }

    @Override
    public Reversal reverse(String till, String reference) {
        Deal deal =
                deals.compute(
                        reference,
                        (_, before) -> {
                            boolean charged = before != null && before.moved() > 0;
                            return charged && !acquirerInReach.getAsBoolean()
                                    ? before
                                    : new Deal(
                                            new Authorization.Declined("reversed"),
                                            0,
                                            Act.DECLINE,
                                            0);
                        });
        return deal.moved() == 0 ? new Reversal.Reversed() : new Reversal.Unknown();
    }

    @Override
    public Authorization forward(String till, String reference, Money amount) {
        return requireNonNull(
                        deals.compute(
                                reference,
                                (_, before) -> {
                                    if (before != null
                                            && !(before.answer() instanceof Authorization.Stored)) {
                                        return before;
                                    }
                                    boolean late =
                                            before != null && before.act() == Act.DECLINE_LATE;
                                    if (!acquirerInReach.getAsBoolean()) {
                                        return before != null
                                                ? before
                                                : new Deal(
                                                        new Authorization.Stored(
                                                                "S-" + reference,
                                                                amount,
                                                                card(reference)),
                                                        0,
                                                        act(amount),
                                                        0);
                                    }
                                    return late
                                            ? new Deal(
                                                    new Authorization.Declined(
                                                            "no money on the card"),
                                                    0,
                                                    Act.DECLINE,
                                                    0)
                                            : new Deal(
                                                    new Authorization.Approved(
                                                            code(reference),
                                                            amount,
                                                            card(reference)),
                                                    amount.minor(),
                                                    Act.APPROVE,
                                                    0);
                                }))
                .answer();
    }

    @Override
    public Authorization refund(Refund refund) {
        if (!deals.containsKey(refund.reference()) && !acquirerInReach.getAsBoolean()) {
            return new Authorization.OutOfReach();
        }
        return deals.computeIfAbsent(
                        refund.reference(),
                        reference ->
                                new Deal(
                                        new Authorization.Approved(
                                                code(reference),
                                                refund.amount(),
                                                card(refund.original())),
                                        -refund.amount().minor(),
                                        Act.APPROVE,
                                        0))
                .answer();
    }
}
