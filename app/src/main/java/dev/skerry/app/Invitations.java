package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.LINK_HOST;
import static dev.skerry.node.config.NodeSettings.LINK_JOIN_TOKEN_VALID;

import dev.skerry.hq.stores.Register.Invited;
import dev.skerry.node.config.Configuration;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreId;
import dev.skerry.node.link.Estate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.IntSupplier;

/// Gives stores the right to join, in words that can be typed.
final class Invitations {

    private final Estate estate;
    private final Authority authority;
    private final Configuration configuration;
    private final InstantSource clock;
    private final IntSupplier linkPort;

    Invitations(
            Estate estate,
            Authority authority,
            Configuration configuration,
            InstantSource clock,
            IntSupplier linkPort) {
        this.estate = estate;
        this.authority = authority;
        this.configuration = configuration;
        this.clock = clock;
        this.linkPort = linkPort;
    }

    /// Registers the store, if it is new, and gives a token for it. One given before ends.
    ///
    /// @return what the caller has to know: the token among it, which is shown this once
    /// @throws IllegalArgumentException if the id or the zone cannot be one
    Invited invite(String id, String name, String zone) {
        JoinToken token = authority.joinToken(new StoreId(id));
        Instant until = clock.instant().plus(configuration.value(LINK_JOIN_TOKEN_VALID));
        Estate.Store store =
                estate.invite(id, name, zone, new Estate.Token(token.secretHash(), until));
        return new Invited(
                store.id(),
                store.name(),
                store.zone(),
                token.text(),
                until.truncatedTo(ChronoUnit.SECONDS),
                "https://" + reachable(configuration.value(LINK_HOST)) + ":" + linkPort.getAsInt());
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::" -> "HQ-HOST";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
