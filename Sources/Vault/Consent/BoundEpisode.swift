// Vault · an episode of care that ends with an encounter.
public import Primitives

/// Which episode ends with which encounter. The ledger knows the episode and that the custodian may end it; with what
/// it ends is between the patient and the custodian.
public struct BoundEpisode: Hashable, Sendable {
    /// Most episodes that a subject can have open: what the ledger allows.
    public static let countMax = 64

    /// The episode.
    public var episode: Bytes32
    /// The logical id of the `Encounter`.
    public var encounter: String

    /// `episode` ends with `encounter`.
    public init(episode: Bytes32, encounter: String) {
        self.episode = episode
        self.encounter = encounter
    }
}

// MARK: - Encoding
extension BoundEpisode {
    /// `[[episode, encounter] …]`.
    static func encode(_ episodes: [BoundEpisode]) -> [UInt8] {
        var writer = CBORWriter(capacity: 64 * episodes.count + 8)
        writer.write(arrayCount: episodes.count)
        for bound in episodes {
            writer.write(arrayCount: 2)
            writer.write(bound.episode)
            writer.write(text: bound.encounter)
        }
        return writer.bytes
    }

    /// The episodes encoded in `bytes`.
    static func decode(_ bytes: [UInt8]) throws(CBORError) -> [BoundEpisode] {
        var reader = CBORReader(bytes)
        var episodes: [BoundEpisode] = []
        for _ in 0..<(try reader.readArrayCount(0...countMax)) {
            _ = try reader.readArrayCount(2...2)
            episodes.append(BoundEpisode(episode: try reader.readBytes32(), encounter: try reader.readText()))
        }
        try reader.finish()
        return episodes
    }
}
