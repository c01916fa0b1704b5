// Node · ids for resources that come without one.
public import Primitives
internal import FHIR

/// The id under which an import writes a resource that has none: the same each time, so that an import that stopped can
/// be repeated without writing anything twice.
public enum ImportedID {
    /// The UUID in `fullURL` if it is a `urn:uuid:`, else the first half of the digest of the resource's text, in hex.
    ///
    /// Two resources without ids that are equal to the byte are one.
    public static func id(fullURL: String?, digest: Digest) -> String {
        if let fullURL, fullURL.hasPrefix(prefix), Resource.isID(fullURL.dropFirst(prefix.count)) {
            return String(fullURL.dropFirst(prefix.count))
        }
        return String(digest.hex.prefix(32))
    }

    private static let prefix = "urn:uuid:"
}
