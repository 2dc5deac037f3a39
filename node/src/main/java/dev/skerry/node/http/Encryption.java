package dev.skerry.node.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// What TLS a host speaks.
///
/// @param context asked at each connection
/// @param mutual with nodes: TLS 1.3 only, and they are asked for a certificate. Else with devices: those that know no TLS 1.3 speak 1.2,
///     with keys that nobody can find out later and ciphers that prove what they carry
record Encryption(Supplier<SSLContext> context, boolean mutual) {

    private static final List<String> NODES = List.of("TLSv1.3");
    private static final List<String> DEVICES = List.of("TLSv1.3", "TLSv1.2");

    /// TLS 1.3's, and of TLS 1.2 only ephemeral keys with authenticated encryption.
    private static final Predicate<String> SOUND =
            Pattern.compile("TLS_(AES|CHACHA20)_.*|TLS_ECDHE_.*_(GCM|CHACHA20_POLY1305)_.*")
                    .asMatchPredicate();

    /// The server's end of one connection.
    SSLEngine engine() {
        SSLEngine engine = context.get().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols((mutual ? NODES : DEVICES).toArray(new String[0]));
        parameters.setWantClientAuth(mutual);
        if (!mutual) {
            parameters.setCipherSuites(
                    Arrays.stream(parameters.getCipherSuites())
                            .filter(SOUND)
                            .toArray(String[]::new));
            parameters.setUseCipherSuitesOrder(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
