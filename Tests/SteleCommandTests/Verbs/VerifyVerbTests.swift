// Proof files of a real custodian, checked the way an auditor does: by the command, from files alone.
import Contracts
import Cryptography
import Foundation
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@testable import SteleCommand

@Suite struct VerifyVerbTests {
    /// A record, a grant for it, a release of it and a refusal, then the node is switched off.
    final class Fixture {
        let folder: TemporaryDirectory
        let record: ProofFile
        let log: ProofFile
        let trustPath: String
        let subject: SubjectID
        static let result =
            #"{"resourceType":"Observation","id":"hb","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"text":"hb"},"subject":{"reference":"Patient/p1"}}"#

        init() async throws {
            folder = try TemporaryDirectory()
            try FileManager.default.createDirectory(
                atPath: folder.path + "/data", withIntermediateDirectories: true)
            let house = try await TestCustodian(folder.path + "/data")
            let wallet = try await house.enrol("p1")
            let laboratory = try await house.person("laboratory", role: "laboratory")
            _ = try await house.custodian.write(
                [Submission(try TestCustodian.resource(Self.result))], patient: "p1")
            let question = Question(.read(ResourceName(type: "Observation", id: "hb"), version: nil), action: .read)
            let asker = house.asker(laboratory, patient: "p1")
            _ = try await house.custodian.read(question, by: asker)
            let labels = [Label.role(code: "laboratory", organisation: house.custodian.organisation)]
            let terms = house.permit(wallet, to: labels, classes: [.category("laboratory")])
            _ = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [terms]), by: wallet)
            guard case .released(let release) = try await house.custodian.read(question, by: asker) else {
                throw CancellationError()
            }
            record = try await house.custodian.recordProof(
                ResourceName(type: "Observation", id: "hb"), of: wallet.subject, event: release.receipt.transactionID)
            log = try await house.custodian.accessLogProof(of: wallet.subject)
            subject = wallet.subject
            trustPath = try folder.write(Array(house.network.trust.text.utf8), to: "trust.key")
            try await house.stop()
        }
    }

    @Test func saysWhatAFileShows() async throws {
        let fixture = try await Fixture()
        let record = try fixture.folder.write(fixture.record.encoded, to: "record.steleproof")
        let terminal = TestTerminal()
        #expect(await terminal.run("verify", record, "--trust", fixture.trustPath) == .success)
        #expect(terminal.output.first == "The proof holds.")
        for words in [
            "single signer: rewritable", "its \(Fixture.result.utf8.count) bytes are those anchored",
            "made this permit", "permitted the release of records of its profile by grant",
        ] {
            #expect(terminal.output.contains { $0.contains(words) }, "\(words) in \(terminal.output)")
        }
        let log = try fixture.folder.write(fixture.log.encoded, to: "log.steleproof")
        let whole = TestTerminal()
        #expect(await whole.run("verify", log, "--trust", fixture.trustPath) == .success)
        #expect(whole.output.contains { $0.contains("the 2 access events shown are all there are") })
        #expect(whole.output.contains { $0.contains("nothing was permitted") })
    }

    @Test func tellsProgramsTheSame() async throws {
        let fixture = try await Fixture()
        let path = try fixture.folder.write(fixture.record.encoded, to: "record.steleproof")
        let terminal = TestTerminal()
        #expect(await terminal.run("verify", path, "--trust=\(fixture.trustPath)", "--json") == .success)
        #expect(terminal.json?["holds"] == true)
        #expect(terminal.json?["single_signer"] == true)
        guard case .array(let statements) = terminal.json?["statements"] else {
            Issue.record("there are no statements")
            return
        }
        let shows = Set(statements.compactMap { $0["shows"] })
        #expect(shows.isSuperset(of: ["record", "grant", "access", "authorised"]))
    }

    @Test func findsEveryChangedByte() async throws {
        let fixture = try await Fixture()
        let bytes = fixture.record.encoded
        for place in stride(from: 0, to: bytes.count, by: 97) {
            var broken = bytes
            broken[place] ^= 1
            let path = try fixture.folder.write(broken, to: "broken.steleproof")
            let terminal = TestTerminal()
            let code = await terminal.run("verify", path, "--trust", fixture.trustPath)
            #expect(code == .refused || code == .badInput, "byte \(place)")
            #expect(terminal.output.isEmpty)
        }
    }

    @Test func noticesWhatIsLeftOutOfALogOrAddedToIt() async throws {
        let fixture = try await Fixture()
        #expect(fixture.log.entries.count == 3)
        for place in fixture.log.entries.indices {
            var shorter = fixture.log
            let isEvent = shorter.entries.remove(at: place).body.call == "access.request"
            let path = try fixture.folder.write(shorter.encoded, to: "shorter.steleproof")
            let code = await TestTerminal().run("verify", path, "--trust", fixture.trustPath)
            // A grant that is left out is reported as not shown; an event that is left out makes the proof false.
            #expect(code == (isEvent ? .refused : .success))
        }
        var doubled = fixture.log
        doubled.entries.append(doubled.entries[0])
        let path = try fixture.folder.write(doubled.encoded, to: "doubled.steleproof")
        #expect(await TestTerminal().run("verify", path, "--trust", fixture.trustPath) == .refused)
    }

    @Test func refusesTheLogOfAnotherSubject() async throws {
        let fixture = try await Fixture()
        let path = try fixture.folder.write(fixture.log.encoded, to: "log.steleproof")
        func verify(_ subject: String) async -> ExitCode {
            await TestTerminal().run("verify", path, "--trust", fixture.trustPath, "--subject", subject)
        }
        let (own, other) = (fixture.subject.hex, String(repeating: "0", count: 64))
        #expect(await verify(own) == .success)
        #expect(await verify(other) == .refused)
        #expect(await verify("somebody") == .usage)
        let both = await TestTerminal().run(
            "verify", path, "--trust", fixture.trustPath, "--subject", other, "--subject", own)
        #expect(both == .success)
    }

    @Test func trustsOnlyTheKeysItIsGiven() async throws {
        let fixture = try await Fixture()
        let other = try TestNetwork(random: SystemRandom(), time: Timestamp(seconds: 1_800_000_000))
        let trust = try fixture.folder.write(Array(other.trust.text.utf8), to: "other.key")
        let path = try fixture.folder.write(fixture.record.encoded, to: "record.steleproof")
        #expect(await TestTerminal().run("verify", path, "--trust", trust) == .refused)
        let none = try fixture.folder.write([], to: "empty.key")
        #expect(await TestTerminal().run("verify", path, "--trust", none) == .badInput)
        #expect(await TestTerminal().run("verify", path) == .usage)
        #expect(await TestTerminal().run("verify", path + "x", "--trust", trust) == .badInput)
        #expect(await TestTerminal().run("verify", fixture.folder.path, "--trust", trust) == .badInput)
    }
}
