package dev.skerry.trials.rooms.broken.node;

import com.github.luben.zstd.Zstd;

final class UsesZstd {
    byte[] small(byte[] large) {
        return Zstd.compress(large);
    }
}
