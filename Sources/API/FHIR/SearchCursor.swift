// API · where the next page of a search begins.
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import Primitives

/// A search and how many of its results went before, sealed: a link to the next page names no patient and no code.
///
/// A cursor works for the actor it was made for, on the node that made it, until that restarts. Each page is decided
/// and recorded anew; a record written between two pages can shift their border.
struct SearchCursor: Sendable {
    let fields: [HTTPField]
    let offset: Int

    init(fields: [HTTPField], offset: Int) {
        self.fields = fields
        self.offset = offset
    }

    /// The cursor as text for `actorID`.
    func sealed(_ type: ResourceType, for actorID: String, key: SecretBytes, random: any RandomSource) -> String {
        var writer = CBORWriter()
        writer.write(arrayCount: 2)
        writer.write(UInt64(offset))
        writer.write(arrayCount: fields.count)
        for field in fields {
            writer.write(arrayCount: 2)
            writer.write(text: field.name)
            writer.write(text: field.value)
        }
        let sealed = XChaCha20Poly1305.sealWithNonce(
            writer.bytes, key: key, associated: Self.binding(type, actorID), random: random)
        return Base64.encode(sealed, .url)
    }

    /// Opens what ``sealed(_:for:key:random:)`` made for the same type and actor.
    init(_ text: String, _ type: ResourceType, for actorID: String, key: SecretBytes) throws(SteleError) {
        do {
            guard let sealed = Base64.decode(text, .url) else { throw SearchQuery.refused("") }
            var reader = CBORReader(
                try XChaCha20Poly1305.openWithNonce(sealed, key: key, associated: Self.binding(type, actorID)))
            _ = try reader.readArrayCount(2...2)
            offset = Int(try reader.readUInt(max: 1 << 32))
            var fields: [HTTPField] = []
            for _ in 0..<(try reader.readArrayCount(0...SearchQuery.parameterCountMax)) {
                _ = try reader.readArrayCount(2...2)
                fields.append(HTTPField(name: try reader.readText(), value: try reader.readText()))
            }
            self.fields = fields
        } catch {
            throw SteleError(
                .searchCursor, "the cursor is not one of this node's for this search, or the node was restarted",
                hint: "start the search anew")
        }
    }

    private static func binding(_ type: ResourceType, _ actorID: String) -> [UInt8] {
        Array("cursor\0\(type.name)\0\(actorID)".utf8)
    }
}
