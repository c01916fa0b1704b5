// CrashWorker · texts that stand for what must never be readable on disk.
import Cryptography
import Primitives

/// Unique texts of one seed, one for each kind of fact, so that a leak says what leaked.
struct Markers {
    /// What a marker stands for.
    enum Kind: String, CaseIterable {
        case patient, name, note, identifier, actor, actorName, assertion, resource, amount
    }
    let seed: UInt64

    /// The marker of `kind`: a letter and twenty hexadecimal digits, allowed in a FHIR id.
    func text(_ kind: Kind) -> String {
        var bytes = Array(kind.rawValue.utf8)
        bytes.append(bigEndian: seed)
        return "z" + String(SHA256.hash(tag: "marker", bytes).hex.prefix(20))
    }

    /// The logical id of patient `number`.
    func patient(_ number: Int) -> String { text(.patient) + "-\(number)" }

    /// A laboratory result whose every free element is a marker; about `byteCount` bytes.
    func observation(id: String, patient: Int, value: Int, byteCount: Int = 0) -> String {
        let filler = String(repeating: "x", count: max(0, byteCount))
        return #"{"resourceType":"Observation","id":"\#(id)","status":"final","# + #""identifier":[{"value":""#
            + text(.identifier) + #""}],"category":[{"coding":[{"system":"#
            + #""http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"#
            + #""code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"#
            + #""subject":{"reference":"Patient/\#(self.patient(patient))"},"#
            + #""note":[{"text":"\#(text(.note)) \#(filler)"}],"#
            + #""valueString":"\#(text(.amount)) \#(value)"}"#
    }
}
