// API · where the next page of a search begins.
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import Primitives
internal import Vault

/// A search, how many of its results went before and what its first page saw, sealed: a link to the next page names no
/// patient and no code.
///
/// A cursor works for the actor it was made for, on the node that made it, until that restarts. Each page is decided
/// and recorded anew. It looks at what was there when the first page was made, so that nothing written since shifts a
/// border; what was deleted or hidden since is on no page any more. Its numbers take the same bytes whatever they are:
/// one of them counts hidden entries too, and the length of a link can be seen.
struct SearchCursor: Sendable {
    let fields: [SearchField]
    let offset: Int
    /// What the first page saw; nil for a first page.
    let moment: SearchMoment?

    init(fields: [SearchField], offset: Int = 0, moment: SearchMoment? = nil) {
        self.fields = fields
        self.offset = offset
        self.moment = moment
    }

    /// The cursor as text. It opens for the same `use`, such as a type and an actor, and for nothing else.
    func sealed(_ use: String, key: SecretBytes, random: any RandomSource) -> String {
        var writer = CBORWriter()
        writer.write(arrayCount: 3)
        writer.write(bytes: Self.fixed(UInt64(offset)))
        let (kind, number): (UInt64, UInt64) =
            switch moment ?? .now {
            case .now: (0, 0)
            case .entries(let count): (1, UInt64(count))
            case .time(let time): (2, time.milliseconds)
            }
        writer.write(arrayCount: 2)
        writer.write(kind)
        writer.write(bytes: Self.fixed(number))
        writer.write(arrayCount: fields.count)
        for field in fields {
            writer.write(arrayCount: 2)
            writer.write(text: field.name)
            writer.write(text: field.value)
        }
        let sealed = XChaCha20Poly1305.sealWithNonce(
            writer.bytes, key: key, associated: Self.binding(use), random: random)
        return Base64.encode(sealed, .url)
    }

    /// Opens what ``sealed(_:key:random:)`` made for the same use.
    init(_ text: String, _ use: String, key: SecretBytes) throws(SteleError) {
        do {
            guard let sealed = Base64.decode(text, .url) else { throw Self.refused }
            var reader = CBORReader(
                try XChaCha20Poly1305.openWithNonce(sealed, key: key, associated: Self.binding(use)))
            _ = try reader.readArrayCount(3...3)
            offset = Int(clamping: try Self.number(&reader))
            _ = try reader.readArrayCount(2...2)
            let (kind, number) = (try reader.readUInt(max: 2), try Self.number(&reader))
            moment =
                switch kind {
                case 1: .entries(Int(clamping: number))
                case 2: .time(Timestamp(milliseconds: number))
                default: .now
                }
            var fields: [SearchField] = []
            for _ in 0..<(try reader.readArrayCount(0...SearchQuery.parameterCountMax)) {
                _ = try reader.readArrayCount(2...2)
                fields.append(SearchField(try reader.readText(), try reader.readText()))
            }
            self.fields = fields
        } catch {
            throw Self.refused
        }
    }

    private static func fixed(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func number(_ reader: inout CBORReader) throws(SteleError) -> UInt64 {
        guard let bytes = try? reader.readBytes(), bytes.count == 8 else { throw refused }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static var refused: SteleError {
        SteleError(
            .searchCursor, "the cursor is not one of this node's for this search, or the node was restarted",
            hint: "start the search anew")
    }

    private static func binding(_ use: String) -> [UInt8] { Array("cursor\0\(use)".utf8) }
}
