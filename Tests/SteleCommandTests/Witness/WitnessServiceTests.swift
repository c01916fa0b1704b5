// `stele witness`, spoken to over loopback: cosigns what grows, and nothing else, through restarts and kill -9.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import Testing

@testable import SteleCommand

@Suite struct WitnessServiceTests {
    /// A log without a node: leaves, and checkpoints signed by its key.
    struct Log {
        let signer: NoteSigner
        let trust: TrustedKeys
        private(set) var tiles = LogTiles()

        init(_ name: String, seed: UInt64) {
            let key = SigningKey.random(from: SeededRandom(seed))
            signer = NoteSigner(name: name, key: key)
            trust = TrustedKeys(
                origin: name, validators: ValidatorSet([Validator(key: key.publicKey, weight: 1)]))
        }

        mutating func grow(_ count: Int, seed: UInt64 = 1) {
            let random = SeededRandom(seed &+ size)
            for _ in 0..<count { tiles.append(leafHash: LogTree.leafHash(of: random.bytes(80))) }
        }

        var size: UInt64 { tiles.tree.count }

        func request(from oldSize: UInt64) throws -> WitnessRequest {
            let path = oldSize == 0 ? [] : try tiles.consistencyProof(from: oldSize, to: size).path
            let text = "\(signer.verifierKey.name)\n\(size)\n\(Base64.encode(tiles.tree.root.bytes))\n"
            return WitnessRequest(oldSize: oldSize, path: path, note: signer.sign(Array(text.utf8)))
        }
    }

    private let folder: TemporaryDirectory
    private let client: WitnessClient
    private var path: String { folder.path + "/witness" }

    init() throws {
        folder = try TemporaryDirectory()
        client = try WitnessClient()
    }

    private func makeKey() throws -> NoteVerifierKey {
        try WitnessFolder(path: path).make(name: "witness.example/one", random: SystemRandom())
    }

    private func start(_ logs: Log...) throws -> WitnessService {
        try WitnessService(
            WitnessFolder(path: path), trust: logs.map(\.trust.text).joined(),
            listen: ListenAddress(host: "127.0.0.1", port: 0), time: SystemTime())
    }

    private func post(_ body: [UInt8], _ port: UInt16) async throws -> WitnessAnswer {
        try await client.post(body, to: "http://127.0.0.1:\(port)/add-checkpoint", within: .seconds(5))
    }

    private func post(_ log: Log, from oldSize: UInt64, to service: WitnessService) async throws -> WitnessAnswer {
        try await post(log.request(from: oldSize).encoded, service.port)
    }

    @Test func cosignsWhatGrowsAndAnswersAsTheProtocolSays() async throws {
        let key = try makeKey()
        var log = Log("example.com/log", seed: 1)
        log.grow(5)
        let service = try start(log)
        let first = try await post(log, from: 0, to: service)
        #expect(first.status == 200)
        let (_, cosignature) = try log.request(from: 0).note.adding(cosignatureIn: first.body, by: key)
        #expect(SystemTime().now().seconds - cosignature.time < 10)
        log.grow(300)
        let second = try await post(log, from: 5, to: service)
        #expect(second.status == 200)
        _ = try log.request(from: 5).note.adding(cosignatureIn: second.body, by: key)
        // The same again is cosigned again, with a newer time.
        #expect(try await post(log, from: 305, to: service).status == 200)

        let conflict = try await post(log, from: 5, to: service)
        #expect(
            conflict.status == 409 && conflict.contentType == "text/x.tlog.size" && conflict.body == Array("305\n".utf8)
        )
        let stranger = Log("example.com/other", seed: 2)
        #expect(try await post(stranger.request(from: 0).encoded, service.port).status == 404)
        var impostor = Log("example.com/log", seed: 3)
        impostor.grow(400)
        #expect(try await post(impostor, from: 305, to: service).status == 403)
        for body in [[], Array("old 1\n".utf8), [UInt8](repeating: 0x41, count: 5000)] {
            #expect(try await post(body, service.port).status == 400)
        }
        #expect(try await post([UInt8](repeating: 0x41, count: 100_000), service.port).status == 413)
        await service.stop()
    }

    @Test func refusesForksAndRollbacksAndKeepsTheEvidence() async throws {
        _ = try makeKey()
        var log = Log("example.com/log", seed: 1)
        log.grow(8)
        var fork = log
        log.grow(4)
        fork.grow(4, seed: 77)
        let service = try start(log)
        #expect(try await post(log, from: 0, to: service).status == 200)
        let branched = try await post(fork, from: 12, to: service)
        #expect(branched.status == 409 && branched.body == Array("12\n".utf8))
        #expect(try folder.names == ["witness"])
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.filter { $0.hasSuffix(".fork") }.count == 1)
        fork.grow(10)
        #expect(try await post(fork, from: 12, to: service).status == 422)
        var older = Log("example.com/log", seed: 1)
        older.grow(8)
        #expect(try await post(older, from: 8, to: service).status == 409)
        #expect(try await post(older, from: 0, to: service).status == 409)
        await service.stop()
        // A restart forgets nothing.
        let again = try start(log)
        #expect(try await post(older, from: 0, to: again).status == 409)
        #expect(try await post(fork, from: 12, to: again).status == 422)
        log.grow(1)
        #expect(try await post(log, from: 12, to: again).status == 200)
        await again.stop()
    }

    @Test func ofManyAtOnceOneIsNextAndTheOthersAreTold() async throws {
        let key = try makeKey()
        var log = Log("example.com/log", seed: 1)
        log.grow(3)
        let service = try start(log)
        #expect(try await post(log, from: 0, to: service).status == 200)
        var requests: [WitnessRequest] = []
        for _ in 0..<24 {
            log.grow(1)
            requests.append(try log.request(from: 3))
        }
        let (client, port) = (client, service.port)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for request in requests {
                group.addTask {
                    let answer = try await client.post(
                        request.encoded, to: "http://127.0.0.1:\(port)/add-checkpoint", within: .seconds(10))
                    if answer.status == 200 { _ = try request.note.adding(cosignatureIn: answer.body, by: key) }
                    return answer.status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1 && statuses.filter { $0 == 409 }.count == 23)
        await service.stop()
    }

    @Test func oneFolderHasOneProcessAndOneKey() async throws {
        _ = try makeKey()
        #expect(throws: SteleError.self) { try makeKey() }
        let log = Log("example.com/log", seed: 1)
        let service = try start(log)
        #expect(throws: SteleError.self) { try start(log) }
        await service.stop()
        #expect(throws: SteleError.self) {
            try WitnessFolder(path: folder.path + "/other").make(name: "two words", random: SystemRandom())
        }
    }

    @Test func aDamagedFolderIsNotServed() async throws {
        _ = try makeKey()
        var log = Log("example.com/log", seed: 1)
        log.grow(3)
        let service = try start(log)
        #expect(try await post(log, from: 0, to: service).status == 200)
        await service.stop()
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: path).first { $0.hasSuffix(".note") })
        try Data("nonsense".utf8).write(to: URL(filePath: path + "/" + name))
        #expect(throws: SteleError.self) { try start(log) }
    }

    /// Killed at random moments under load: what was cosigned is what it knows, so nothing smaller is cosigned after.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
    func killedAtAnyMomentItForgetsNothingItCosigned() async throws {
        let key = try makeKey()
        var log = Log("example.com/log", seed: 1)
        let trust = try folder.write(Array(log.trust.text.utf8), to: "trust.key")
        let port = UInt16(try await StoryHouse.freePort())
        var known: UInt64 = 0
        for round in 0..<6 {
            let process = try DemoTests.process(
                ["witness", "serve", "--data", path, "--trust", trust, "--listen", "127.0.0.1:\(port)"], in: folder)
            var answers = 0
            let victim = Task {
                // After the first answer, in the midst of others.
                try await Task.sleep(for: .milliseconds(1500 + 40 * round))
                kill(process.processIdentifier, SIGKILL)
            }
            while process.isRunning {
                log.grow(1 + round)
                let request = try log.request(from: known)
                guard let answer = try? await post(request.encoded, port) else {
                    try await Task.sleep(for: .milliseconds(10))
                    continue
                }
                answers += 1
                if answer.status == 409 {
                    // A cosignature whose answer was lost: never less than what was acknowledged.
                    let size = try #require(UInt64(String(decoding: answer.body.dropLast(), as: UTF8.self)))
                    #expect(size >= known && size <= log.size)
                    known = size
                } else {
                    #expect(answer.status == 200)
                    _ = try request.note.adding(cosignatureIn: answer.body, by: key)
                    known = log.size
                }
            }
            try await victim.value
            _ = try await DemoTests.end(process)
            #expect(answers > 0, "round \(round)")
        }
        let service = try start(log)
        var older = Log("example.com/log", seed: 1)
        older.grow(1)
        let refused = try await post(older, from: 1, to: service)
        #expect(refused.status == 409)
        let size = try #require(UInt64(String(decoding: refused.body.dropLast(), as: UTF8.self)))
        #expect(size >= known)
        await service.stop()
    }
}
