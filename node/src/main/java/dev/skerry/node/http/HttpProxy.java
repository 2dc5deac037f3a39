package dev.skerry.node.http;

import dev.skerry.node.config.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// An HTTP proxy that lets a store out of its shop, with CONNECT.
///
/// @param credentials `user:password`, if it asks for them (Basic). The JDK sends them only if it runs with
///     `-Djdk.http.auth.tunneling.disabledSchemes=`
public record HttpProxy(String host, int port, Optional<Secret> credentials) {

    private static final int PORT = 80;

    /// What the usual environment variables say.
    ///
    /// @param httpsProxy the value of `HTTPS_PROXY`, such as `http://user:password@proxy:3128`; empty for none
    /// @param noProxy the value of `NO_PROXY`: hosts and domains without one, separated by commas; `*` is all
    /// @return empty if `hq` is reached without a proxy
    /// @throws IllegalArgumentException if `httpsProxy` is no URL with a host
    public static Optional<HttpProxy> fromEnvironment(String httpsProxy, String noProxy, URI hq) {
        if (httpsProxy.isBlank() || without(noProxy, hq)) {
            return Optional.empty();
        }
        URI proxy = URI.create(httpsProxy.contains("://") ? httpsProxy : "http://" + httpsProxy);
        if (proxy.getHost() == null) {
            throw new IllegalArgumentException(
                    "HTTPS_PROXY names no host: write it as http://proxy.example:3128");
        }
        return Optional.of(
                new HttpProxy(
                        proxy.getHost(),
                        proxy.getPort() < 0 ? PORT : proxy.getPort(),
                        Optional.ofNullable(proxy.getUserInfo()).map(Secret::new)));
    }

    private static boolean without(String noProxy, URI hq) {
        String host = String.valueOf(hq.getHost()).toLowerCase(Locale.ROOT);
        for (String entry : noProxy.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = entry.strip().replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", "");
            if (!name.isEmpty()
                    && (name.equals("*") || host.equals(name) || host.endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /// The value of `Proxy-Authorization`.
    Optional<String> authorization() {
        return credentials.map(it ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(it.revealed().getBytes(StandardCharsets.UTF_8)));
    }
}
