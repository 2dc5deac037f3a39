package dev.skerry.node.identity;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A store as the chain numbers it: 1 to 12 digits or small letters, kept as written (`0042` and `42` are two stores).
public record StoreId(String text) {

    private static final Pattern FORM = Pattern.compile("[0-9a-z]{1,12}");
    private static final Pattern SUBJECT = Pattern.compile("CN=store-(" + FORM + ")");

    /// @throws IllegalArgumentException if it is anything else
    public StoreId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a store id is 1 to 12 digits or small letters, such as 0042");
        }
    }

    /// The store that a certificate of HQ's authority was issued to. To be trusted only after TLS has accepted the
    /// certificate.
    public static Optional<StoreId> of(X509Certificate certificate) {
        Matcher subject = SUBJECT.matcher(certificate.getSubjectX500Principal().getName());
        return subject.matches() ? Optional.of(new StoreId(subject.group(1))) : Optional.empty();
    }

    /// Such as `store-0042`: its common name, and what its streams' names begin with.
    public String node() {
        return "store-" + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
