// Vault · the one sentence for stored bytes that are not what they should be.
internal import Cryptography
internal import Primitives
internal import Storage

extension SteleError {
    /// Stored bytes of kind `what` do not open or are malformed. Which patient or record is not said.
    static func damaged(_ what: StaticString, cause: String? = nil) -> SteleError {
        SteleError(
            .vaultDamaged, "a stored \(what) is damaged, missing or not where it belongs",
            hint: "run `stele inspect --deep`, then restore the vault from a backup taken before the damage",
            cause: cause)
    }
}

/// Runs `body` and turns whatever it throws about sealed or encoded bytes into `vault.damaged`.
func reading<Value>(_ what: StaticString, _ body: () throws(SteleError) -> Value) throws(SteleError) -> Value {
    do {
        return try body()
    } catch  where [.sealedRejected, .keyMalformed, .cborMalformed, .blobUnknown, .blobRange].contains(error.code) {
        throw .damaged(what, cause: error.code.name)
    }
}

/// Decodes what was opened; malformed bytes under a good seal are damage too.
func decoding<Value>(_ what: StaticString, _ body: () throws(CBORError) -> Value) throws(SteleError) -> Value {
    do {
        return try body()
    } catch {
        throw .damaged(what, cause: "\(error.reason.rawValue) at byte \(error.offset)")
    }
}
