// Vault · rows sealed under the root, which name nothing in clear.
internal import Cryptography
internal import Primitives

/// Rows whose keys are HMACs and whose values are sealed, both under keys derived from the root.
///
/// ```
/// tag u8 ‖ HMAC(naming key, kind ‖ 00 ‖ name) 32   → nonce 24 ‖ sealed value
/// ```
/// They are written again at each epoch, so that an old copy says nothing once its root is destroyed.
struct SealedRows: Sendable {
    let kind: Binding.Kind
    let current: CurrentRoot
    let random: any RandomSource

    private var root: RootKeys { current.value }

    /// The row key of `name` among those tagged `tag`.
    func key(_ tag: UInt8, _ kind: String, _ name: [UInt8]) -> [UInt8] {
        [tag] + HMACSHA256.code(of: Array(kind.utf8) + [0] + name, key: root.naming).bytes
    }

    /// `value` sealed for the row `key`.
    func seal(_ value: [UInt8], for key: [UInt8]) -> [UInt8] {
        let root = root
        return XChaCha20Poly1305.sealWithNonce(
            value, key: root.sealing, associated: Binding.row(kind, epoch: root.epoch, key: key), random: random)
    }

    /// What was sealed for the row `key`.
    func open(_ sealed: [UInt8], for key: [UInt8]) throws(SteleError) -> [UInt8] {
        let root = root
        return try XChaCha20Poly1305.openWithNonce(
            sealed, key: root.sealing, associated: Binding.row(kind, epoch: root.epoch, key: key))
    }
}
