/// A node's data folder copied as it was at one instant, while the node runs; and such a copy made a data folder again.
///
/// A backup is a folder: the databases, the identity, what else lies in the data folder, and `backup.json`, which lists every file with its
/// digest and is written last. A folder without it is no backup.
@NullMarked
package dev.skerry.app.backup;

import org.jspecify.annotations.NullMarked;
