// Vault · where the sealed content of large records lies.
public import Primitives
public import Storage

/// Sealed objects by id, each written once.
///
/// An object is durable and whole when `write` returns; before that there is none. The content is opaque: what is
/// secret is sealed before it comes here, and integrity is the sealing's business.
public protocol BlobStore: Sendable {
    /// Writes the object `id` out of the pieces that `body` appends.
    func write(
        _ id: Bytes32, _ body: (_ append: ([UInt8]) throws(SteleError) -> Void) throws(SteleError) -> Void
    ) throws(SteleError)

    /// The bytes of the object `id` in `range`.
    /// - Throws: `blob.unknown`, or `blob.range` when the object ends before the range does.
    func read(_ id: Bytes32, in range: Range<Int>) throws(SteleError) -> [UInt8]

    /// The size of the object `id`, in bytes.
    /// - Throws: `blob.unknown`.
    func byteCount(of id: Bytes32) throws(SteleError) -> Int

    /// Removes the object `id`, if there is one.
    func delete(_ id: Bytes32) throws(SteleError)
}

// MARK: - Files
extension BlobDirectory: BlobStore {
    public func write(
        _ id: Bytes32, _ body: (_ append: ([UInt8]) throws(SteleError) -> Void) throws(SteleError) -> Void
    ) throws(SteleError) {
        let writer = try writer(for: id)
        try body { (piece) throws(SteleError) in try writer.append(piece) }
        try writer.commit()
    }
}
