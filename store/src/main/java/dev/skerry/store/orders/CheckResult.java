package dev.skerry.store.orders;

import java.util.List;

/// What came of a command to several checks.
public sealed interface CheckResult {

    /// Done, now or when it was asked for before: the checks as they stand.
    record Done(List<Basket> checks) implements CheckResult {
        public Done {
            checks = List.copyOf(checks);
        }
    }

    /// Nothing was done.
    ///
    /// @param why what the check is that it was asked of, or why it was refused
    record NotDone(BasketResult why) implements CheckResult {}
}
