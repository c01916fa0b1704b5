// Vault · which of a patient's category keys a record is sealed under.
public import Primitives

/// The part of a patient's records that shares one key, so that a part can be given a new key, or lose it, alone.
///
/// A record belongs to its most telling label: the smallest sensitivity code if it has any, else the smallest category,
/// else `general`. Smallest means first in the order of UTF-8 bytes.
public struct KeyCategory: Hashable, Sendable {
    /// `sensitivity/<code>`, `category/<name>` or `general`.
    public let name: String

    /// The category of records with `labels`.
    public init(labels: some Sequence<Label>) {
        var sensitivity: String?
        var category: String?
        for label in labels {
            switch label {
            case .sensitivity(let code): sensitivity = Self.smaller(code, sensitivity)
            case .category(let name): category = Self.smaller(name, category)
            default: continue
            }
        }
        name = sensitivity.map { "sensitivity/\($0)" } ?? category.map { "category/\($0)" } ?? "general"
    }

    /// The category called `name`, as it was stored.
    init(name: String) { self.name = name }

    private static func smaller(_ text: String, _ other: String?) -> String {
        guard let other else { return text }
        return text.utf8.lexicographicallyPrecedes(other.utf8) ? text : other
    }
}
