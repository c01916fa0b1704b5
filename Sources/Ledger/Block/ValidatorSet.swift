// Ledger · who signs blocks, and how many make a quorum.
internal import Cryptography
public import Primitives

/// The validators of an epoch, in order of their index.
public struct ValidatorSet: Hashable, Sendable {
    /// The validators.
    public let validators: [Validator]

    /// The set of these validators.
    public init(_ validators: [Validator]) { self.validators = validators }

    /// The sum of weights.
    public var weight: UInt64 { validators.reduce(0) { $0 + $1.weight } }
    /// The weight that certifies: `⌊2W/3⌋ + 1`. Source: `docs/spec/ledger.md` §4.
    public var quorum: UInt64 { 2 * weight / 3 + 1 }

    /// `H("stele/v1/validators\0" ‖ [[key, weight] …])`.
    public var hash: Digest {
        var writer = CBORWriter(capacity: 48 * validators.count + 8)
        writer.write(arrayCount: validators.count)
        for validator in validators {
            writer.write(arrayCount: 2)
            writer.write(validator.key)
            writer.write(validator.weight)
        }
        return SHA256.hash(tag: "validators", writer.bytes)
    }
}
