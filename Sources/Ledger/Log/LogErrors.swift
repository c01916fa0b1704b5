// Ledger · what can be wrong with a stored log or a question about it.
public import Primitives

extension ErrorCode {
    /// A proof was asked for an index or size that the log does not have.
    public static let logRangeInvalid = ErrorCode("log.range_invalid")
    /// A tile that the log's size requires is not stored.
    public static let logTileMissing = ErrorCode("log.tile_missing")
    /// A stored tile has too few bytes, too many, or not a multiple of 32.
    public static let logTileCorrupt = ErrorCode("log.tile_corrupt")
}
