package dev.skerry.app;

import dev.skerry.language.JsonObject;
import dev.skerry.language.MalformedJsonException;
import dev.skerry.node.config.Secret;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.HttpSetup;
import dev.skerry.node.http.Request;
import dev.skerry.node.identity.Authority;
import dev.skerry.node.identity.Certificates;
import dev.skerry.node.identity.IdentityException;
import dev.skerry.node.identity.JoinToken;
import dev.skerry.node.identity.StoreId;
import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Estate;
import dev.skerry.node.link.Estate.Joining;
import dev.skerry.node.link.HqLink;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/// Where machines become stores and stay stores, on the listener for stores: `POST /v1/join`, `POST /v1/renew`. `docs/protocol.md`
/// describes both.
final class JoinRoutes {

    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final Estate estate;
    private final HqLink link;
    private final Authority authority;

    JoinRoutes(Estate estate, HqLink link, Authority authority) {
        this.estate = estate;
        this.link = link;
        this.authority = authority;
    }

    HttpSetup addTo(HttpSetup setup) {
        return setup.route("POST", "/v1/join", this::join).route("POST", "/v1/renew", this::renew);
    }

    private void join(Request request) throws IOException {
        JsonObject body = json(request);
        StoreId store;
        String secretHash;
        String csr;
        try {
            store = new StoreId(body.text("store"));
            secretHash = JoinToken.secretHash(new Secret(body.text("secret")));
            csr = body.text("request");
        } catch (IllegalArgumentException | MalformedJsonException e) {
            throw malformed(e);
        }
        boolean invited =
                estate.find(store.text())
                        .filter(known ->
                                known.token() != null
                                        && known.token().secretHash().equals(secretHash))
                        .isPresent();
        // A stranger does not get as far as having something signed.
        List<X509Certificate> chain = invited ? issue(store, csr) : List.of();
        Joining joining =
                invited
                        ? estate.join(
                                store.text(),
                                secretHash,
                                Certificates.keyFingerprint(chain.getFirst()),
                                Certificates.fingerprint(chain.getFirst()))
                        : estate.join(store.text(), secretHash, "", "");
        switch (joining) {
            case Joining.Refused refused ->
                    throw new HttpProblem(
                            403, "join-refused", "This machine may not join", refused.why());
            case Joining.Joined joined -> {
                link.replaced(store.text());
                request.answerJson(
                        200,
                        JsonObject.empty()
                                .with("certificates", Certificates.toPem(chain))
                                .with("epoch", joined.store().epoch())
                                .with("restores", joined.restores())
                                .with("name", joined.store().name())
                                .with("zone", joined.store().zone())
                                .write());
            }
        }
    }

    private void renew(Request request) throws IOException {
        Guest guest = request.guest().filter(estate::holds).orElseThrow(JoinRoutes::noStore);
        JsonObject body = json(request);
        List<X509Certificate> chain;
        try {
            chain = issue(new StoreId(Estate.idOf(guest)), body.text("request"));
        } catch (MalformedJsonException e) {
            throw malformed(e);
        }
        if (!estate.renewed(guest, Certificates.fingerprint(chain.getFirst()))) {
            throw noStore();
        }
        request.answerJson(
                200, JsonObject.empty().with("certificates", Certificates.toPem(chain)).write());
    }

    private static HttpProblem noStore() {
        return new HttpProblem(
                403,
                "not-a-store",
                "This needs a store's certificate",
                "renew with the certificate that is to be replaced; if another machine is the store now, let this one join anew");
    }

    private List<X509Certificate> issue(StoreId store, String csr) {
        try {
            return authority.issue(store, csr);
        } catch (IdentityException e) {
            throw new HttpProblem(
                    400,
                    "bad-certificate-request",
                    "The certificate request cannot be used",
                    e.getMessage());
        }
    }

    private static JsonObject json(Request request) throws IOException {
        try {
            return JsonObject.parse(request.body(BODY_BYTES_MAX).copy());
        } catch (MalformedJsonException e) {
            throw malformed(e);
        }
    }

    private static HttpProblem malformed(RuntimeException e) {
        return new HttpProblem(
                400, "bad-request", "The request is malformed", String.valueOf(e.getMessage()));
    }
}
