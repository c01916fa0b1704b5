// Tests · whoever changes what is stored gets errors, and never makes the vault say something false.
//
// A vault with everything in it is read in full once. Then rows and blobs are flipped, cut, swapped and removed one at
// a time, the vault is opened again, and each answer must be the one given before, an error, or nothing.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct HostileTests {
    /// One question to the vault, by name; the answer is text.
    private struct Question {
        let name: String
        let ask: (Vault) throws -> String?
    }

    private struct Place: Hashable {
        let store: String
        let family: ColumnFamily
        let key: [UInt8]
    }

    private static let families = [("keystore", Vault.keyFamilies), ("vault", Vault.contentFamilies)]
    private let disk = VaultDisk(seed: 31)
    private let random = SeededRandom(32)

    // MARK: - The vault and the questions

    private func fill() async throws -> [Question] {
        let vault = try disk.create()
        var questions: [Question] = []
        for patient in ["p1", "p2"] {
            let subject = try await vault.subject(patient).id
            let large = String(repeating: patient, count: RecordRow.inlineByteCountMax)
            try await vault.write(
                [Sample.draft("a of \(patient)", "a of \(patient)"), Sample.draft("large of \(patient)", large)],
                subject)
            try await vault.write(
                [Sample.draft("b of \(patient)", "b of \(patient)", labels: Sample.secretLabels)], subject)
            for index in 0..<9 {
                try await vault.write([Sample.draft("c of \(patient)", "\(index) of \(patient)")], subject)
            }
            _ = try await vault.stage([Sample.draft("pending of \(patient)", "never shown")], subject)
            let request = Sample.request(try vault.compartment(of: subject).entries, display: "Dr of \(patient)")
            let transaction = SHA256.hash(Array(patient.utf8))
            try await vault.keep(request, for: transaction, of: subject)
            for entry in try vault.compartment(of: subject).entries {
                questions.append(
                    Question(name: "\(patient) \(entry.resource) \(entry.version)") { vault in
                        let found = try vault.compartment(of: subject).version(entry.version, of: entry.resource)
                        guard let found else { return nil }
                        return String(decoding: try vault.open(found, of: subject), as: UTF8.self)
                    })
            }
            questions.append(
                Question(name: "\(patient) pending") { vault in
                    let pending = try vault.openSubject(subject).withState { (state) throws(SteleError) in state.pending
                    }
                    guard let entry = pending.values.first?.first else { return nil }
                    return String(decoding: try vault.open(entry, of: subject), as: UTF8.self)
                })
            questions.append(
                Question(name: "\(patient) request") { vault in
                    try vault.keptRequest(for: transaction, of: subject).map { Hex.encode($0.encoded) }
                })
            questions.append(
                Question(name: "\(patient) location") { vault in
                    try ["a", "b", "c", "large", "pending"].map { name in
                        guard let id = try vault.directory.subject(holding: Sample.name("\(name) of \(patient)")) else {
                            throw SteleError.damaged("test")
                        }
                        return id.hex
                    }.joined()
                })
            questions.append(
                Question(name: "\(patient) subject") { vault in
                    guard let found = try vault.directory.subject(patient: patient) else { return nil }
                    return "\(found.displayName) \(found.id) \(Hex.encode(found.newestPolicyKey.secret.exposedCopy()))"
                })
        }
        for id in ["ada", "bob"] {
            let actor = Sample.actor(id, clientID: "client-\(id)")
            try await vault.directory.registerActor(actor)
            for find in [
                { (vault: Vault) in try vault.directory.actor(id: id) },
                { (vault: Vault) in try vault.directory.actor(did: actor.did) },
                { (vault: Vault) in try vault.directory.actor(clientID: "client-\(id)") },
            ] {
                questions.append(Question(name: "actor \(id)") { vault in try find(vault)?.displayName })
            }
        }
        try vault.close()
        return questions
    }

    /// The answers of a freshly opened vault; nil for an error or nothing.
    private func answers(_ questions: [Question]) -> [String?] {
        guard let vault = try? disk.open() else { return questions.map { _ in nil } }
        defer { try? vault.close() }
        return questions.map { question in (try? question.ask(vault)) ?? nil }
    }

    // MARK: - The rows

    private func open(_ store: String) throws -> MemoryStore {
        let families = Self.families.first { $0.0 == store }!.1
        return try MemoryStore(path: store, columnFamilies: families, on: disk.disk)
    }

    private func rows() throws -> [(place: Place, value: [UInt8])] {
        var rows: [(place: Place, value: [UInt8])] = []
        for (name, families) in Self.families {
            let store = try open(name)
            for family in families {
                for entry in try store.scan(prefix: [], in: family) {
                    rows.append((Place(store: name, family: family, key: entry.key), entry.value))
                }
            }
            try store.close()
        }
        return rows
    }

    private func put(_ changes: [(place: Place, value: [UInt8]?)]) throws {
        for (name, _) in Self.families {
            let store = try open(name)
            var batch = WriteBatch()
            for (place, value) in changes where place.store == name {
                if let value {
                    batch.put(place.key, value, in: place.family)
                } else {
                    batch.delete(place.key, in: place.family)
                }
            }
            try store.write(batch, sync: true)
            try store.close()
        }
    }

    private func number(below count: Int) -> Int { Int(random.bytes(4).bigEndian(at: 0, as: UInt32.self)) % count }

    /// Makes changes, asks everything, undoes them. Says whether any answer was lost; a false answer is an issue.
    private func isNoticed(
        _ changes: [(place: Place, value: [UInt8]?)], undo: [(place: Place, value: [UInt8]?)], _ questions: [Question],
        _ truth: [String?]
    ) throws -> Bool {
        try put(changes)
        let found = answers(questions)
        try put(undo)
        for (index, answer) in found.enumerated() where answer != nil {
            #expect(answer == truth[index], "\(questions[index].name) became something else")
        }
        return found.contains(nil)
    }

    // MARK: - Tests

    @Test func rowsThatAreChangedSwappedOrRemovedNeverBecomeSomethingElse() async throws {
        let questions = try await fill()
        let truth = answers(questions)
        #expect(!truth.contains(nil))
        let rows = try rows()
        #expect(Set(rows.map(\.place.family.name)).count == 7)

        for (place, value) in rows {
            let undo: [(place: Place, value: [UInt8]?)] = [(place, value)]
            var forgeries: [[UInt8]] = [Array(value.dropLast()), value + [0], []]
            for index in [0, value.count - 1] + (0..<6).map({ _ in number(below: value.count) }) {
                var flipped = value
                flipped[index] ^= 1 << UInt8(index & 7)
                forgeries.append(flipped)
            }
            for forgery in forgeries {
                #expect(try isNoticed([(place, forgery)], undo: undo, questions, truth), "\(place.family.name) row")
            }
            // The newest delta and the list of what is pending can be removed without anybody's knowing.
            _ = try isNoticed([(place, nil)], undo: undo, questions, truth)
            // A row under another name: the name is wrong, and the row is missing where it was.
            var key = place.key
            key[number(below: key.count)] ^= 1
            let moved = Place(store: place.store, family: place.family, key: key)
            _ = try isNoticed([(place, nil), (moved, value)], undo: [(moved, nil), (place, value)], questions, truth)
        }
        for _ in 0..<200 {
            let first = rows[number(below: rows.count)]
            let others = rows.filter { $0.place.family == first.place.family && $0.place != first.place }
            guard !others.isEmpty else { continue }
            let second = others[number(below: others.count)]
            let isSwapNoticed = try isNoticed(
                [(first.place, second.value), (second.place, first.value)],
                undo: [(first.place, first.value), (second.place, second.value)], questions, truth)
            #expect(isSwapNoticed, "two \(first.place.family.name) rows swapped")
        }
        #expect(answers(questions) == truth)
    }

    @Test func blobsThatAreChangedOrSwappedNeverBecomeSomethingElse() async throws {
        let questions = try await fill()
        let truth = answers(questions)
        let blobs = disk.blobs.contents
        #expect(blobs.count == 2)
        func isNoticed(_ changed: [Bytes32: [UInt8]]) -> Bool {
            disk.blobs.contents = changed
            let found = answers(questions)
            disk.blobs.contents = blobs
            for (index, answer) in found.enumerated() where answer != nil { #expect(answer == truth[index]) }
            return found.contains(nil)
        }
        for (id, blob) in blobs {
            for index in [0, blob.count - 1, 65_551, 65_552] + (0..<20).map({ _ in number(below: blob.count) }) {
                var changed = blobs
                changed[id]![index] ^= 1 << UInt8(index & 7)
                #expect(isNoticed(changed))
            }
            for cut in [0, 1, 65_552, blob.count - 1] {
                var changed = blobs
                changed[id] = Array(blob.prefix(cut))
                #expect(isNoticed(changed))
            }
            var changed = blobs
            changed[id] = nil
            #expect(isNoticed(changed))
        }
        let ids = Array(blobs.keys)
        #expect(isNoticed([ids[0]: blobs[ids[1]]!, ids[1]: blobs[ids[0]]!]))
        #expect(answers(questions) == truth)
    }

    @Test func anotherRootOpensNothing() async throws {
        _ = try await fill()
        let stores = try disk.stores()
        let wrong = RootKey.random(from: random)
        #expect(await code { _ = try Vault.open(in: stores, root: wrong, random: random) } == "keys.root_wrong")
        let newer = RootKey.random(epoch: 2, from: random)
        #expect(await code { _ = try Vault.open(in: stores, root: newer, random: random) } == "keys.epoch_retired")
        #expect(await code { _ = try Vault.create(in: stores, root: wrong, random: random) } == "vault.exists")
    }
}
