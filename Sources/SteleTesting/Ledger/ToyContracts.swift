// SteleTesting · a contract set of one call, so that the ledger can be tested without any contract's rules.
public import Ledger
public import Primitives

/// `toy.set`: arguments `[key bstr, value bstr]`; an empty value removes the row, the value `no` is refused.
public struct ToyContracts: ContractSet {
    /// The row key that the genesis writes.
    public static let genesisKey = Array("toy/genesis".utf8)

    /// The toy contracts.
    public init() {}

    public func prepare(_ transaction: Transaction) throws(SteleError) -> any PreparedCall {
        let body = transaction.body
        var reader = CBORReader(body.encoded, in: body.argumentRange)
        do throws(CBORError) {
            guard body.call == "toy.set" else { throw CBORError(.unknownKey, at: 0) }
            _ = try reader.readArrayCount(2...2)
            let key = try reader.readBytes(1...64)
            let value = try reader.readBytes(0...4096)
            try reader.finish()
            return Call(key: key, value: value)
        } catch {
            throw error.asSteleError
        }
    }

    public func writeGenesis(_ genesis: Genesis, into state: StateView) throws(SteleError) {
        state.set(Self.genesisKey, to: Array(genesis.name.utf8))
    }

    /// The arguments of one call.
    public static func arguments(key: String, value: String) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(arrayCount: 2)
        writer.write(bytes: Array(key.utf8))
        writer.write(bytes: Array(value.utf8))
        return writer.bytes
    }

    private struct Call: PreparedCall {
        let key: [UInt8]
        let value: [UInt8]

        func execute(in context: CallContext) throws(SteleError) -> Outcome {
            if value == Array("no".utf8) { return .refused(7) }
            let previous = try context.state.value(for: key)
            if value.isEmpty { context.state.remove(key) } else { context.state.set(key, to: value) }
            var writer = CBORWriter()
            if let previous { writer.write(bytes: previous) } else { writer.writeNull() }
            return .applied(writer.bytes, indexKeys: [Array("k".utf8) + key + context.transactionID.bytes])
        }
    }
}
