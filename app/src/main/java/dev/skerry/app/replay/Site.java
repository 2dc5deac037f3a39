package dev.skerry.app.replay;

import java.time.ZoneId;
import java.util.Currency;

/// A store of the folder.
///
/// @param source how the folder calls it
/// @param id how the chain numbers it: see [dev.skerry.node.identity.StoreId]
/// @param name for people
public record Site(String source, String id, String name, ZoneId time, Currency currency) {

    /// Such as `store-0042`.
    public String node() {
        return "store-" + id;
    }
}
