package dev.skerry.app;

import static java.util.Objects.requireNonNullElse;

import dev.skerry.context.Caller;
import dev.skerry.language.JsonObject;
import dev.skerry.node.http.HttpProblem;
import dev.skerry.node.http.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Who may change HQ: whoever has the admin token, which is made once and shown once; and who may read the data folder, through the
/// secret in `node.json`.
final class Admin {

    private static final int TOKEN_BYTES = 20;
    private static final String FILE = "admin.json";

    private final byte[] tokenHash;
    private final String secret;
    private final Optional<String> newToken;

    static Admin of(Path data, SecureRandom random) {
        Path file = data.resolve(FILE);
        Optional<String> known =
                SecretFile.read(file).map(JsonObject::parse).map(json -> json.text("tokenHash"));
        Optional<String> made = known.isPresent() ? Optional.empty() : Optional.of(secret(random));
        made.ifPresent(token ->
                SecretFile.write(
                        file, JsonObject.empty().with("tokenHash", hex(hash(token))).write()));
        byte[] tokenHash =
                known.map(HexFormat.of()::parseHex).orElseGet(() -> hash(made.orElseThrow()));
        return new Admin(tokenHash, secret(random), made);
    }

    private Admin(byte[] tokenHash, String secret, Optional<String> newToken) {
        this.tokenHash = tokenHash;
        this.secret = secret;
        this.newToken = newToken;
    }

    /// One that nobody guesses.
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return hex(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// The token, if it was made just now.
    Optional<String> newToken() {
        return newToken;
    }

    /// For those who may read the data folder.
    String secret() {
        return secret;
    }

    /// Who asks: nobody but an admin.
    ///
    /// @throws HttpProblem 401, if the request shows neither token nor secret
    Caller caller(Request request) {
        if (!allows(requireNonNullElse(request.header("Authorization"), ""))) {
            throw new HttpProblem(
                    401,
                    "not-authorized",
                    "This needs the admin token",
                    "send it as Authorization: Bearer TOKEN; HQ showed it when it was started first");
        }
        return new Caller("admin", "", Caller.OF_HQ);
    }

    /// @param authorization what a request says of itself: `Bearer …`
    boolean allows(String authorization) {
        String prefix = "Bearer ";
        if (!authorization.startsWith(prefix)) {
            return false;
        }
        return is(authorization.substring(prefix.length()).strip());
    }

    /// Whether this is the token, or the secret.
    boolean is(String token) {
        byte[] shown = hash(token);
        return MessageDigest.isEqual(shown, tokenHash)
                || MessageDigest.isEqual(shown, hash(secret));
    }
}
