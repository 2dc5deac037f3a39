package dev.skerry.language.printing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands at both ends of a receipt of the store.
///
/// @param address line by line, also the telephone number
/// @param taxNumber of the merchant; empty where none is to be printed
/// @param footer line by line: opening hours, returns, thanks
/// @param link printed as a QR code; `{receipt}` in it stands for the number of the receipt; null for none
public record Letterhead(
        String name,
        List<String> address,
        String taxNumber,
        List<String> footer,
        @Nullable String link) {

    public Letterhead {
        address = List.copyOf(address);
        footer = List.copyOf(footer);
    }
}
