package dev.skerry.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skerry.node.config.Secret;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProxyTest {

    private static final URI HQ = URI.create("https://hq.chain.example:8443");

    @Test
    void the_environment_says_which() {
        assertEquals(
                Optional.of(new HttpProxy("proxy", 3128, Optional.of(new Secret("user:password")))),
                HttpProxy.fromEnvironment("http://user:password@proxy:3128/", "", HQ));
        assertEquals(
                Optional.of(new HttpProxy("proxy", 80, Optional.empty())),
                HttpProxy.fromEnvironment("proxy", "", HQ));
        assertEquals(Optional.empty(), HttpProxy.fromEnvironment(" ", "", HQ));
        assertThrows(
                IllegalArgumentException.class, () -> HttpProxy.fromEnvironment("http://", "", HQ));
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "hq.chain.example, true",
        "HQ.chain.example:8443, true",
        "'localhost, .chain.example', true",
        "chain.example, true",
        "*.example, true",
        "other.example, false",
        "ain.example, false",
        "'', false"
    })
    void some_are_reached_without(String noProxy, boolean without) {
        assertEquals(without, HttpProxy.fromEnvironment("proxy:1", noProxy, HQ).isEmpty());
    }

    @Test
    void a_password_is_sent_and_never_shown() {
        HttpProxy proxy = new HttpProxy("proxy", 1, Optional.of(new Secret("Aladdin:open sesame")));
        // The example of RFC 7617.
        assertEquals(Optional.of("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), proxy.authorization());
        assertFalse(proxy.toString().contains("sesame"));
    }
}
