// API · an account of disclosures read from its JSON.
internal import Contracts
package import JSON
internal import Ledger
internal import Node
package import Primitives

extension DisclosureAccount {
    /// The account that `node` spells.
    /// - Throws: `proof.malformed`, with what is missing.
    package init(reading node: JSONNode) throws(SteleError) {
        let reader = AccountReader(node: node)
        patient = try reader.text("patient")
        custodian = try reader.text("custodian")
        subject = try reader.bytes32("subject")
        from = try reader.time("from")
        to = try reader.time("to")
        made = try reader.time("made")
        lines = try reader.list("disclosures").map { (line) throws(SteleError) in try Line(reading: line) }
        others = try reader.list("nothing_released").map { (other) throws(SteleError) in
            Other(
                number: try other.number("number"), transaction: try other.bytes32("transaction"),
                manifestSalt: try other.bytes32("manifest_salt"))
        }
        neighbours = try reader.list("neighbours").map { (event) throws(SteleError) in
            Neighbour(number: try event.number("number"), time: try event.time("time"))
        }
        guard try reader.number("count") == UInt64(lines.count) else {
            throw AccountReader.malformed("count is not how many disclosures there are")
        }
    }

    /// The account and its proof in the file `bytes`, and the bytes of the account that were signed.
    /// - Throws: `proof.malformed`.
    package static func read(
        _ bytes: [UInt8]
    ) throws(SteleError) -> (account: DisclosureAccount, signed: [UInt8], proof: [UInt8]) {
        let limits = JSONLimits(byteCountMax: byteCountMax)
        guard let root = try? JSONDocument(parsing: bytes, limits: limits).root, let account = root["account"],
            let proof = root["proof"]?.string.flatMap({ Base64.decode($0) })
        else { throw AccountReader.malformed("it is no JSON object with an account and a proof in base64") }
        return (try DisclosureAccount(reading: account), Array(account.sourceBytes), proof)
    }

    /// Largest file, in bytes.
    package static let byteCountMax = 64 << 20
}

extension DisclosureAccount.Line {
    fileprivate init(reading reader: AccountReader) throws(SteleError) {
        number = try reader.number("number")
        time = try reader.time("time")
        transaction = try reader.bytes32("transaction")
        let recipient = try reader.member("recipient")
        name = try recipient.text("name")
        did = try recipient.text("id")
        kind = try recipient.optional("kind")?.text()
        organisation = try recipient.optional("organisation")?.text()
        purposes = try reader.list("purposes").map { (node) throws(SteleError) in try node.text() }
        records = try reader.list("records").map { (node) throws(SteleError) in try node.text() }
        grants = try reader.list("grants").map { (node) throws(SteleError) in try node.bytes32() }
        emergency = try reader.optional("emergency")?.bytes32()
        exemption = try reader.optional("exemption").map { (node) throws(SteleError) in
            guard let exemption = Disclosure.Exemption(rawValue: try node.text()) else {
                throw AccountReader.malformed("an exemption is none that there is")
            }
            return exemption
        }
        guard try reader.flag("must_be_accounted") == (exemption == nil) else {
            throw ProofFile.isFalse("event \(number) is exempt and must be accounted, or neither")
        }
        unordered = try reader.optional("unordered")?.time()
        let opening = try reader.member("opening")
        recordIDs = try opening.list("records").map { (node) throws(SteleError) in try node.bytes32() }
        manifestSalt = try opening.bytes32("manifest_salt")
        openings = Disclosure.Openings(
            recipient: try opening.optional("recipient")?.bytes32(),
            organisation: try opening.optional("organisation")?.bytes32(),
            purposes: try opening.list("purposes").map { (node) throws(SteleError) in
                node.node.isNull ? nil : try node.bytes32()
            })
        assertion = try opening.text("assertion")
        assertionSalt = try opening.bytes32("assertion_salt")
    }
}

/// A value of an account, whose members must be there.
private struct AccountReader {
    let node: JSONNode

    static func malformed(_ what: String) -> SteleError {
        SteleError(
            .proofMalformed, "the account of disclosures is malformed: \(what)",
            hint: "give the JSON file that GET /custodian/v1/disclosures or stele log --disclosures made")
    }

    func member(_ key: String) throws(SteleError) -> AccountReader {
        guard let member = node[key] else { throw Self.malformed("it lacks \(key)") }
        return AccountReader(node: member)
    }

    /// The member `key`, which must be there; nil if it is null.
    func optional(_ key: String) throws(SteleError) -> AccountReader? {
        let member = try member(key)
        return member.node.isNull ? nil : member
    }

    func list(_ key: String) throws(SteleError) -> [AccountReader] {
        let member = try member(key)
        guard member.node.kind == .array else { throw Self.malformed("\(key) is no list") }
        return member.node.elements.map(AccountReader.init)
    }

    func text(_ key: String) throws(SteleError) -> String { try member(key).text() }
    func number(_ key: String) throws(SteleError) -> UInt64 {
        guard let number = try member(key).node.uint else { throw Self.malformed("\(key) is no number") }
        return number
    }
    func flag(_ key: String) throws(SteleError) -> Bool {
        guard let flag = try member(key).node.bool else { throw Self.malformed("\(key) is neither true nor false") }
        return flag
    }
    func time(_ key: String) throws(SteleError) -> UnixSeconds { try member(key).time() }
    func bytes32(_ key: String) throws(SteleError) -> Bytes32 { try member(key).bytes32() }

    func text() throws(SteleError) -> String {
        guard let text = node.string else { throw Self.malformed("a value is no text") }
        return text
    }
    func bytes32() throws(SteleError) -> Bytes32 {
        guard let bytes = Bytes32(hex: try text()) else { throw Self.malformed("a value is not 32 bytes") }
        return bytes
    }
    func time() throws(SteleError) -> UnixSeconds {
        guard let time = UnixSeconds(text: try text()) else { throw Self.malformed("a value is no time") }
        return time
    }
}
