// SteleCommand · what an import knows of a resource before it is sent.
internal import FHIR
internal import Primitives

/// Where one version of a resource stands, and what is needed to plan with it. Its content stays in its file.
struct ScannedResource: Sendable {
    /// The number of its file.
    let file: Int32
    /// Where in the file its text stands, in bytes.
    let range: Range<Int>
    /// Its type and id, under which it is written: its own, or one made from its `fullUrl` or its content.
    let name: String
    /// The id to put into its text, for a resource that has none.
    let givenID: String?
    /// The name by which entries of its bundle refer to it, if it has one that is not its type and id.
    let fullURL: String?
    /// The patient whose record it is, as the resource spells it: `Patient/p1`, `urn:…`, an address, criteria.
    let owner: String?
    /// The SHA-256 of its text: the same for equal repeats.
    let digest: Digest
    /// Whether it is the entry of a history that says the resource was deleted, and no resource.
    var isDeletion = false

    /// How many bytes its text has.
    var byteCount: Int { range.count }
    /// Its type.
    var type: Substring { name.prefix { $0 != "/" } }
    /// Its id.
    var id: String { String(name.dropFirst(type.count + 1)) }
}

/// Something in a file that is not sent, and why.
struct ImportFailure: Hashable, Sendable {
    /// The file.
    let path: String
    /// Where in it, in bytes; nil for the whole file.
    let offset: Int?
    /// `Type/id`, if that much is known.
    let resource: String?
    /// The code of the reason.
    let code: String
}

/// One file, read once.
struct ScannedFile: Sendable {
    /// Where it is.
    let path: String
    /// How many bytes it has.
    var byteCount = 0
    /// What it holds, in order; of a history the oldest first.
    var resources: [ScannedResource] = []
    /// Whether it is a history, in which equal versions apart from each other are versions all the same.
    var isHistory = false
    /// The patients in it.
    var patients: [ImportPatient] = []
    /// Business identifiers, `Type?system|value`, and the names of the resources that have them.
    var identifiers: [(key: String, name: String)] = []
    /// What in it cannot be sent.
    var failures: [ImportFailure] = []
}

/// A patient in a file.
struct ImportPatient: Sendable {
    /// The logical id.
    let id: String
    /// The name that officers and receipts for people show.
    let displayName: String
    /// As FHIR writes it; nil unless it is a date of FHIR.
    let birthDate: String?
}
