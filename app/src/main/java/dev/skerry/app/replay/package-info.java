/// Real baskets through a chain: an HQ and stores in this process, and tills that use nothing but the stores' HTTP API.
///
/// The folder is read whole and sorted into what can be sold and what cannot ([Assorting]); a store at a time is opened, sent its
/// baskets day by day under a clock that is moved with them, and closed ([StoreRun]); at the end the file, the stores' own streams and HQ's
/// mirrors are added up by store and day, and compared ([Comparison]).
@NullMarked
package dev.skerry.app.replay;

import org.jspecify.annotations.NullMarked;
