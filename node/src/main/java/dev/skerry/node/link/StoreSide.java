package dev.skerry.node.link;

/// What every session of a store's link works with.
///
/// @param id the store's, such as `0042`
/// @param software what this is, for people
/// @param boot which start of this server this is, 32 hexadecimal digits, never used before
/// @param up how much of the line may be used for sending
/// @param down and for receiving
/// @param ahead what is coded already
record StoreSide(
        String id,
        String software,
        String boot,
        Homes homes,
        Lanes lanes,
        Remembered remembered,
        Export export,
        Bandwidth up,
        Bandwidth down,
        Codecs codecs,
        Ahead ahead,
        LinkSettings settings) {}
