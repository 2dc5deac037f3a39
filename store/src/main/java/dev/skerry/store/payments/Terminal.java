package dev.skerry.store.payments;

import dev.skerry.language.Money;

/// The card terminals of a store. May wait for an answer, as long as a customer has patience, and then says that it does not know.
/// Any thread. An implementation must keep to this:
///
/// - A reference moves money at most once, whatever is asked, how often, and by whom; the same question gets the same answer.
/// - After [Reversal.Reversed] a reference moves no money, also if the request for it was still on its way.
/// - Of a card no more than token, last four digits and scheme is told.
/// - What it throws is a mistake of its own, after which money may have moved: it is asked for the outcome later.
public interface Terminal {

    /// @param reference unique for ever; the tender's id
    /// @param till where the customer stands
    /// @param mayStore may be kept, to be forwarded later, if the acquirer is out of reach
    record Request(String reference, String till, Money amount, boolean mayStore) {}

    /// @param reference of the refund, unique for ever
    /// @param original reference of what was paid
    record Refund(String reference, String original, String till, Money amount) {}

    /// Asks for money.
    Authorization authorise(Request request);

    /// What came of a request: [Authorization.Declined] also where it came to nothing because the acquirer was out of reach.
    /// [Authorization.OutOfReach] says that the terminal itself cannot be asked now; it is asked again until it can.
    Authorization outcome(String till, String reference);

    /// Undoes a request, whatever came of it; also one that is not known.
    Reversal reverse(String till, String reference);

    /// Sends up what was stored. [Authorization.Stored] or [Authorization.OutOfReach] if that cannot be done now.
    Authorization forward(String till, String reference, Money amount);

    /// Gives money back. A refund is never stored.
    Authorization refund(Refund refund);
}
