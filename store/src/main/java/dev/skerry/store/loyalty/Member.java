package dev.skerry.store.loyalty;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A customer, as the store knows them.
///
/// @param email where to send receipts; null if they do not want that
/// @param since the day they joined; null if it is not known
/// @param blocked their cards are not taken
/// @param atHq whether HQ has told of them; if not, they were signed up here lately
public record Member(
        String id,
        String name,
        List<String> cards,
        List<String> segments,
        @Nullable String email,
        @Nullable LocalDate since,
        boolean blocked,
        boolean atHq) {

    public Member {
        cards = List.copyOf(cards);
        segments = List.copyOf(segments);
    }
}
