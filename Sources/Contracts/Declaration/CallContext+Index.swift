// Contracts · the keys under which a node lists applied transactions.
internal import Ledger
internal import Primitives

extension CallContext {
    /// `letter ‖ identifier ‖ height u64 ‖ transaction`: listed in the order in which things happened.
    func indexKey(_ letter: Unicode.Scalar, _ identifier: Bytes32? = nil) -> [UInt8] {
        var key = [UInt8(ascii: letter)]
        key.reserveCapacity(73)
        if let identifier { key.append(identifier) }
        key.append(bigEndian: height)
        key.append(transactionID)
        return key
    }
}
