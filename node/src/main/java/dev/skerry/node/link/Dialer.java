package dev.skerry.node.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Opens wires to HQ. Any thread may call.
public interface Dialer {

    /// Begins to open a wire, and returns at once. The caller is told, once, what came of it, by another thread.
    void dial(Caller caller);

    /// Begins to find out whether HQ can be reached at all, as cheaply as that can be done (one packet there, one back), and
    /// returns at once. Gives up silently after a few seconds.
    ///
    /// @param reached called from another thread, at most once, if it can
    void probe(Runnable reached);

    /// Who wants a wire.
    interface Caller {

        /// It is open. What this returns is told of everything that comes over it.
        Wire.Ears opened(Wire wire);

        void failed(Failure failure);
    }

    /// Why there is no wire.
    ///
    /// @param reached whether anybody answered at all; if not, the line is down
    /// @param comeBackAfter when HQ said so; else null
    record Failure(String why, boolean reached, @Nullable Duration comeBackAfter) {}
}
