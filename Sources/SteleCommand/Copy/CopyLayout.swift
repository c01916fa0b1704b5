// SteleCommand · where things lie in a copy. Source: `docs/spec/copy.md` §3.
internal import Cryptography
internal import Primitives
internal import Vault

/// The paths of a copy, from its folder.
enum CopyLayout {
    static let manifest = "manifest.json"
    static let signature = "manifest.sig"
    static let page = "index.html"
    static let trust = "trust.key"
    static let accessLog = "access-log.jsonl"
    static let words = "consents/words.jsonl"
    static let accessLogProof = "proofs/access-log.steleproof"
    static let subjectProof = "proofs/subject.steleproof"

    /// A version's content; of a deletion, a file without any.
    static func record(_ resource: ResourceName, _ version: UInt32, isDeleted: Bool) -> String {
        "records/\(folder(resource))/\(version).\(isDeleted ? "deleted" : "json")"
    }

    /// The proof of a version on the ledger that the copy was made from.
    static func proof(_ resource: ResourceName, _ version: UInt32) -> String {
        "proofs/records/\(folder(resource))/\(version).steleproof"
    }

    /// The proof of a version on a ledger it came from, 1 being the first it was on.
    static func origin(_ resource: ResourceName, _ version: UInt32, _ number: Int) -> String {
        "proofs/records/\(folder(resource))/\(version).origin-\(number).steleproof"
    }

    /// The checkpoint keys of a ledger that records came from.
    static func originTrust(_ trust: String) -> String {
        "trust/\(SHA256.hash(Array(trust.utf8)).hex.prefix(16)).key"
    }

    static func consent(_ grant: Digest) -> String { "consents/\(grant.hex).json" }
    static func consentProof(_ grant: Digest) -> String { "proofs/consents/\(grant.hex).steleproof" }

    /// A folder for a resource. An id may be `.` or `..` by the rules of FHIR; no id begins with an underscore.
    private static func folder(_ resource: ResourceName) -> String {
        "\(resource.type)/\(resource.id.hasPrefix(".") ? "_" : "")\(resource.id)"
    }

    /// Whether `path` can be one of a copy: names of letters, digits, `.`, `-` and `_`, none beginning with a dot.
    static func isPath(_ path: String) -> Bool {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        return (1...5).contains(names.count)
            && names.allSatisfy { name in
                (1...200).contains(name.utf8.count) && name.first != "."
                    && name.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                            UInt8(ascii: "_"):
                            true
                        default: false
                        }
                    }
            }
    }
}
