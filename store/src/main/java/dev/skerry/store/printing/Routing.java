package dev.skerry.store.printing;

import dev.skerry.language.printing.Printer;
import java.util.List;
import java.util.Optional;

/// Which printer prints what: the one that serves the device, else one that serves all.
final class Routing {

    private Routing() {}

    /// @param printers in an order that is always the same
    /// @param device a till, or a station of the kitchen
    static Optional<Printer> of(List<Printer> printers, Printer.Kind kind, String device) {
        List<Printer> able = printers.stream().filter(it -> it.documents().contains(kind)).toList();
        return able.stream()
                .filter(it -> it.serves().contains(device))
                .findFirst()
                .or(() -> able.stream().filter(it -> it.serves().isEmpty()).findFirst());
    }
}
