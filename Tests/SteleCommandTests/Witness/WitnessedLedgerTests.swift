// A node with real witnesses over loopback, and what an auditor is told of its proofs.
import Contracts
import Cryptography
import Foundation
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing

@testable import SteleCommand

@Suite struct WitnessedLedgerTests {
    @Test func proofsAreWitnessedAndTheVerdictSaysByWhom() async throws {
        let folder = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
        let house = try await TestCustodian(folder.path + "/data")
        var services: [WitnessService] = []
        var list = "# witnesses of the test\n"
        var keys: [String] = []
        for name in ["witness.example/one", "witness.example/two"] {
            let witness = WitnessFolder(path: folder.path + "/" + name.suffix(3))
            let key = try witness.make(name: name, random: SystemRandom())
            let service = try WitnessService(
                witness, trust: house.network.trust.text, listen: ListenAddress(host: "127.0.0.1", port: 0),
                time: SystemTime())
            services.append(service)
            list += "http://127.0.0.1:\(service.port)/ \(key.text)\n"
            keys.append(key.text)
        }
        var policy = WitnessPolicy(try WitnessList.peers(parsing: list))
        policy.interval = .milliseconds(50)
        let ledger = house.custodian.ledger
        let witnessing = ledger.witness(policy, transport: try WitnessClient())
        let running = Task { await witnessing.run() }
        let wallet = try await house.enrol("p1")
        let proof = try await house.custodian.accessLogProof(of: wallet.subject)
        let alone = ProofFile(
            note: ledger.head.note, header: ledger.head.header.encoded, entries: [], rows: [], openings: [])

        let file = try folder.write(proof.encoded, to: "log.steleproof")
        let bare = try folder.write(alone.encoded, to: "alone.steleproof")
        let trust = try folder.write(Array(house.network.trust.text.utf8), to: "trust.key")
        let both = try folder.write(Array((keys.joined(separator: "\n") + "\n").utf8), to: "witnesses.key")
        let stranger = Cosigner(name: "witness.example/three", key: .random(from: SystemRandom()))
        let other = try folder.write(Array(stranger.verifierKey.text.utf8), to: "other.key")

        let said = TestTerminal()
        #expect(await said.run("verify", file, "--trust", trust, "--witness", both, "--require", "2") == .success)
        #expect(said.output.contains { $0.contains("witnessed by witness.example/one, witness.example/two") })
        #expect(said.output.contains { $0.contains("checkpoint is ") && $0.contains(" old (") })
        #expect(!said.output.contains { $0.contains("rewritable") })
        let machine = TestTerminal()
        #expect(await machine.run("verify", file, "--trust", trust, "--witness", both, "--json") == .success)
        #expect(machine.json?["rewritable"] == false && machine.json?["single_signer"] == true)

        // Whoever trusts no witness, or another one, is told what the signer could do.
        let plain = TestTerminal()
        #expect(await plain.run("verify", file, "--trust", trust) == .success)
        #expect(plain.output.contains { $0.contains("single signer: rewritable") })
        let wrong = TestTerminal()
        #expect(await wrong.run("verify", file, "--trust", trust, "--witness", other) == .refused)
        #expect(wrong.errors.contains { $0.contains("proof.unwitnessed") })
        let unwitnessed = TestTerminal()
        #expect(await unwitnessed.run("verify", bare, "--trust", trust, "--witness", both) == .refused)
        let usage = TestTerminal()
        #expect(await usage.run("verify", file, "--trust", trust, "--witness", both, "--require", "3") == .usage)

        running.cancel()
        await running.value
        for service in services { await service.stop() }
        try await house.stop()
    }

    @Test func listsOfWitnessesAreReadStrictly() throws {
        let key = Cosigner(name: "w", key: .random(from: SeededRandom(1))).verifierKey
        let log = NoteVerifierKey(name: "w", publicKey: key.publicKey)
        let peers = try WitnessList.peers(parsing: "# one\n\nhttps://w.example/path/ \(key.text)\r\n")
        #expect(peers == [WitnessPeer(url: "https://w.example/path", key: key)])
        #expect(try WitnessList.keys(parsing: "https://w.example \(key.text)") == [key])
        for text in [
            "", "# nothing", key.text, "ftp://w \(key.text)", "https://w \(log.text)", "https://w \(key.text) 1",
            "https://w \(key.text)\nhttps://v \(key.text)", "https://w \(key.text.dropLast())",
        ] {
            #expect(throws: SteleError.self, "\(text)") { try WitnessList.peers(parsing: text) }
        }
        #expect(throws: SteleError.self) { try WitnessList.keys(parsing: log.text) }
    }

    @Test func agesAreToldInUnitsThatFit() {
        func age(_ seconds: UInt64) -> String {
            CheckpointAge(of: Timestamp(seconds: 1000), at: Timestamp(seconds: 1000 + seconds)).text
        }
        #expect(
            [0, 119, 120, 7199, 7200, 172_800].map(age) == [
                "0 seconds", "119 seconds", "2 minutes", "119 minutes", "2 hours", "2 days",
            ])
        #expect(CheckpointAge(of: Timestamp(seconds: 9), at: Timestamp(seconds: 3)).seconds == 0)
    }
}
