// After an erasure, what was known of the patient is nowhere: not in the data directory, not in an old copy of it, with
// the newest keys or with its own.
//
// Every file is searched byte by byte, and every row of every store as it is read: for fifty texts, for the secrets
// that opened them, and for what the ledger knew the patient's records and grants by. That the ledger of an old copy
// still has those last is said in docs/operate/erasure.md.
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite(.serialized) struct ErasureCanaryTests {
    private static let canaryCount = 50

    /// A custodian with a patient full of canaries and another patient, both read from.
    private final class House {
        let scratch: Scratch
        let house: TestCustodian
        let gone: TestCustodian.Wallet
        let stays: TestCustodian.Wallet
        let canaries = (0..<canaryCount).map { "canary-\($0)-" + UUID().uuidString }
        var data: String { scratch("data") }

        init() async throws {
            scratch = try Scratch("erasure")
            try FileManager.default.createDirectory(atPath: scratch("data"), withIntermediateDirectories: true)
            house = try await TestCustodian(scratch("data"))
            gone = try await house.enrol("gone", name: canaries[0])
            stays = try await house.enrol("stays", name: "Somebody Else")
            let laboratory = try await house.person("laboratory", role: "laboratory")
            for (wallet, texts) in [(gone, Array(canaries[1...])), (stays, ["kept-0", "kept-1"])] {
                let terms = house.permit(
                    wallet, to: [.role(code: "laboratory", organisation: house.custodian.organisation)],
                    classes: [.category("laboratory")])
                try await house.submit(ConsentGrant(subject: wallet.subject, grants: [terms]), by: wallet)
                for start in stride(from: 0, to: texts.count, by: 8) {
                    let slice = texts[start..<min(start + 8, texts.count)]
                    _ = try await house.custodian.write(
                        try slice.map { text in
                            Submission(try TestCustodian.resource(Self.observation(text, of: wallet.patient)))
                        }, patient: wallet.patient)
                    let name = ResourceName(type: "Observation", id: slice.first!.lowercased())
                    _ = try await house.custodian.read(
                        Question(.read(name, version: nil), action: .read),
                        by: house.asker(laboratory, patient: wallet.patient))
                }
            }
        }

        /// An observation with a text in its id, its value and an identifier.
        private static func observation(_ text: String, of patient: String) -> String {
            let id = text.lowercased()
            return #"{"resourceType":"Observation","id":"\#(id)","status":"final","#
                + #""category":[{"coding":[{"system":"#
                + #""http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"#
                + #""identifier":[{"system":"urn:test","value":"\#(text)"}],"#
                + #""code":{"text":"\#(text)"},"subject":{"reference":"Patient/\#(patient)"},"valueString":"\#(text)"}"#
        }

        /// What must be nowhere: texts, keys, and what the ledger knows the patient's records and grants by.
        func needles() throws -> (texts: [Needle], pseudonyms: [Needle]) {
            let vault = house.custodian.vault
            let subject = try vault.directory.subject(gone.subject)
            var texts = canaries.flatMap { [Needle("canary", text: $0), Needle("id", text: $0.lowercased())] }
            texts.append(Needle("policy key", bytes: subject.newestPolicyKey.secret.exposedCopy()))
            texts.append(Needle("root key", bytes: try house.rootFile.load().secret.exposedCopy()))
            var pseudonyms: [Needle] = []
            for entry in try vault.compartment(of: gone.subject).entries {
                pseudonyms.append(Needle("record id", bytes: entry.recordID.bytes))
                pseudonyms.append(Needle("anchor", bytes: entry.anchor.bytes))
                texts.append(Needle("salt", bytes: entry.salt.bytes))
            }
            let policy = try #require(
                try house.custodian.ledger.withState(about: gone.subject) { (state) throws(SteleError) in
                    try AccessPreview.policy(of: gone.subject, in: state)
                })
            for grant in policy.grants {
                for token in grant.terms.grantees.tokens { pseudonyms.append(Needle("token", bytes: token.bytes)) }
            }
            #expect(texts.count > 2 * canaryCount && pseudonyms.count >= 2 * (canaryCount - 1))
            return (texts, pseudonyms)
        }
    }

    @Test func findsNothingOfAnErasedPatient() async throws {
        let site = try await House()
        let house = site.house
        let (texts, pseudonyms) = try site.needles()
        // The pseudonyms are there before, or the search below would show nothing.
        try await house.stop()
        #expect(try !CanaryTests.searchRows(of: site.data, for: pseudonyms).isEmpty)
        #expect(try CanaryTests.searchRows(of: site.data, for: texts) == [])
        let copy = try site.scratch.copy(site.data, as: "copy")
        try await house.restart()

        let erasure = try await house.custodian.erase("gone", because: .withdrawn)
        #expect(erasure.stage == .finished)
        // The list of a store's files names keys that bound a file; it is written anew at the next start.
        try await house.restart()
        try await house.stop()
        #expect(try Search(texts + pseudonyms).files(under: site.data) == [])
        #expect(try CanaryTests.searchRows(of: site.data, for: texts + pseudonyms) == [])
        #expect(try Search(texts).files(under: site.scratch.path) == [])

        try await self.restored(copy, site, texts)
    }

    /// An old copy of everything: with its own key store it opens no more; with the newest it opens, but for the
    /// patient.
    private func restored(_ copy: String, _ site: House, _ texts: [Needle]) async throws {
        let root = try site.house.rootFile.load()
        #expect(throws: SteleError.self) { try Vault.open(at: copy, root: root, random: SystemRandom()) }
        do {
            _ = try Vault.open(at: copy, root: root, random: SystemRandom())
        } catch {
            #expect(error.code.name == "keys.epoch_retired")
        }
        _ = try site.scratch.copy(site.data + "/keystore", as: "copy/keystore")
        let vault = try Vault.open(at: copy, root: root, random: SystemRandom())
        #expect(try vault.directory.subject(patient: "gone") == nil)
        let subject = try #require(try vault.directory.subject(patient: "stays"))
        let entries = try vault.compartment(of: subject.id).entries
        #expect(entries.count == 2)
        for entry in entries { #expect(try !vault.open(entry, of: subject.id).isEmpty) }
        // Whatever is left of the patient there opens under no key that exists.
        #expect(throws: SteleError.self) { try vault.compartment(of: site.gone.subject) }
        try vault.close()
        #expect(try Search(texts).files(under: copy) == [])
        #expect(try CanaryTests.searchRows(of: copy, for: texts) == [])
    }
}
