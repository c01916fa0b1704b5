// Vault · what keeps a subject's records from being erased.
internal import Primitives

/// A legal hold: set and released by an officer, it beats every reason for an erasure.
public struct LegalHold: Hashable, Sendable {
    /// Why records must be kept.
    public enum Reason: UInt8, Sendable, CaseIterable {
        case litigation = 1, investigation, audit, regulator, research

        /// The word for it in the API and on the command line.
        public var name: String {
            switch self {
            case .litigation: "litigation"
            case .investigation: "investigation"
            case .audit: "audit"
            case .regulator: "regulator"
            case .research: "research"
            }
        }

        /// The reason called `name`, or nil.
        public init?(name: String) {
            guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = found
        }
    }

    /// Why.
    public var reason: Reason
    /// Since when, in seconds since 1970.
    public var since: UInt64
    /// Until when, in seconds since 1970, exclusive; nil until it is released.
    public var until: UInt64?

    /// A hold.
    public init(_ reason: Reason, since: UInt64, until: UInt64? = nil) {
        self.reason = reason
        self.since = since
        self.until = until
    }

    /// Whether it holds at `now`, in seconds since 1970.
    public func holds(at now: UInt64) -> Bool { until.map { now < $0 } ?? true }
}

// MARK: - Encoding
extension LegalHold {
    /// `[reason, since s, until s | null]`.
    func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 3)
        writer.write(UInt64(reason.rawValue))
        writer.write(since)
        if let until { writer.write(until) } else { writer.writeNull() }
    }

    init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(3...3)
        let offset = reader.position
        guard let reason = Reason(rawValue: UInt8(try reader.readUInt(max: 255))) else {
            throw CBORError(.outOfRange, at: offset)
        }
        self.reason = reason
        since = try reader.readUInt()
        until = reader.readNullIfPresent() ? nil : try reader.readUInt()
    }
}
