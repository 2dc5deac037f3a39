package dev.skerry.app.shop;

import dev.skerry.context.Operation;
import dev.skerry.context.Requests;
import dev.skerry.language.Money;
import dev.skerry.node.http.Request;
import dev.skerry.pricing.Effect;
import dev.skerry.store.pricing.Pricing;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// What a customer can have for points: `GET /api/rewards`.
record RewardList(Pricing pricing) {

    /// @param id by which a basket asks for it
    /// @param points that it takes
    /// @param off what it takes off, once
    record Reward(String id, String name, long points, Money off) {}

    Operation operation() {
        return Operation.of(
                        "GET",
                        "/api/rewards",
                        "Lists what customers can have for points now",
                        this::list)
                .listing("rewards", Reward.class);
    }

    private void list(Request request) throws IOException {
        List<Reward> all =
                pricing.inForce().stream()
                        .flatMap(it ->
                                it.effect() instanceof Effect.Reward reward
                                        ? Stream.of(
                                                new Reward(
                                                        it.id(),
                                                        it.name(),
                                                        reward.points(),
                                                        reward.off()))
                                        : Stream.empty())
                        .toList();
        Requests.answer(request, "rewards", all);
    }
}
