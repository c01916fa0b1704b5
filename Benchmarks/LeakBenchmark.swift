// Benchmarks · personal data in every disguise, brought to a running node; and how many clean transactions it mistakes.
import Contracts
import Cryptography
import Leaks
import Ledger
import Node
import Primitives
import SteleTesting
import Synchronization

/// A thousand transactions that are valid in every other respect, each with one leak in one field: every kind, every
/// disguise, every call, every field, the transaction's own random bytes included. Then ten thousand without any.
///
/// `leak.refused` is how many of the thousand were refused, `leak.false` how many of the ten thousand.
enum LeakBenchmark: Benchmark {
    static let name = "leak"
    private static let identifiers = [
        "MRN-0048213", "999-41-7261", "c84557ab-5b92-4be3-b78f-1fe3d4c49ccd", "Elsy Bechtelar",
        "bechtelar.e@example.org",
    ]

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let house = try await TestCustodian(try run.freshDirectory("leaks"), leaks: .standard)
        let patient = """
            {"resourceType":"Patient","id":"\(identifiers[2])","identifier":[{"system":"http://h.example/mrn","value":\
            "\(identifiers[0])"},{"value":"\(identifiers[1])"}],"name":[{"given":["Elsy"],"family":"Bechtelar"}],\
            "telecom":[{"system":"email","value":"\(identifiers[4])"}]}
            """
        let wallet = try await house.enrol(identifiers[2], name: identifiers[3])
        _ = try await house.custodian.write(
            [Submission(try TestCustodian.resource(patient))], patient: wallet.patient)
        let calls = Contract.all.flatMap(\.calls)
        let seeds = LeakSeeds(seed: 2026, identifiers: identifiers)
        var generator = ArgumentGenerator(seed: 2026)

        let leakCount = run.size(1000, minimum: calls.count)
        var refusedCount = 0
        for index in 0..<leakCount {
            let call = calls[index % calls.count]
            let inRandom = index % 5 == 0
            generator.planted = nil
            if !inRandom {
                generator.plantedPlace = index / calls.count
                generator.planted = Bytes32(seeds.field(index: index, count: 32))
            }
            let arguments = generator.arguments(of: call)
            let random = inRandom || generator.byteFieldCount == 0 ? seeds.field(index: index, count: 16) : nil
            if try await isRefused(envelope(call, arguments, random, in: house), by: house) {
                refusedCount += 1
            } else {
                run.note("leak: number \(index), in \(call.name), was not found")
            }
        }
        run.report("leak.refused", Double(refusedCount), .count, ceiling: Double(leakCount), n: leakCount)

        generator.planted = nil
        let cleanCount = run.size(10_000)
        let clean = (0..<cleanCount).map { index in
            let call = calls[index % calls.count]
            return envelope(call, generator.arguments(of: call), nil, in: house)
        }
        let falseCount = Atomic(0)
        try await withInFlight(64, count: cleanCount) { index in
            if try await isRefused(clean[index], by: house) { falseCount.add(1, ordering: .relaxed) }
        }
        run.report("leak.false", Double(falseCount.load(ordering: .relaxed)), .count, n: cleanCount)
        try await house.stop()
        return try cost(run) &+ UInt64(refusedCount)
    }

    /// What one `records.anchor` costs to inspect, on one core, and how long the dictionary takes to make.
    private static func cost(_ run: BenchmarkRun) throws -> UInt64 {
        let start = ContinuousClock.now
        let dictionary = LeakDictionary(run.scale == 1 ? .standard : LeakCoverage(years: 1980...1981, digitCountMax: 4))
        run.report("leak.dictionary", (ContinuousClock.now - start).milliseconds, .ms, n: dictionary.count)
        run.note("leak: the dictionary takes \(dictionary.byteCount >> 20) MiB")
        let (random, detector) = (SystemRandom(), LeakDetector(dictionary))
        let key = SigningKey.random(from: random)
        let transactions = try (0..<run.size(20_000)).map { _ in
            let call = RecordsAnchor(
                subject: random.bytes32(),
                versions: [
                    RecordVersion(record: random.bytes32(), anchor: random.bytes32(), profile: ProfileNumber(0)!)
                ])
            let unsigned = UnsignedTransaction(
                chainID: .zero, signer: key.publicKey, validUntil: 1, call: "records.anchor",
                arguments: call.encodedArguments(), random: random)
            return try Transaction(decoding: unsigned.signed(by: [key]))
        }
        let identifiers = LeakIdentifiers((0..<10_000).map { "MRN-\(1_000_000 + $0)" })
        let inspection = ContinuousClock.now
        let found = transactions.filter { !detector.leaks(in: $0, identifiers).isEmpty }.count
        let elapsed = ContinuousClock.now - inspection
        run.report("leak.inspect", elapsed.seconds / Double(transactions.count) * 1e6, .us, n: transactions.count)
        return UInt64(found)
    }

    private static func isRefused(_ envelope: [UInt8], by house: TestCustodian) async throws -> Bool {
        do throws(SteleError) {
            _ = try await house.custodian.ledger.submit(envelope)
            return false
        } catch {
            guard error.code == .leakRefused else { throw error }
            return true
        }
    }

    private static func envelope(
        _ call: AnyCallDeclaration, _ arguments: [UInt8], _ random: [UInt8]?, in house: TestCustodian
    ) -> [UInt8] {
        let key = house.network.nodeKey
        let unsigned = UnsignedTransaction(
            chainID: house.custodian.ledger.chainID, signer: key.publicKey,
            validUntil: house.clock.now().seconds + 500, call: call.name, arguments: arguments,
            random: GivenRandom(given: random))
        return unsigned.signed(by: [key])
    }

    /// The sixteen bytes of a transaction, chosen or random.
    private struct GivenRandom: RandomSource {
        let given: [UInt8]?
        func bytes(_ count: Int) -> [UInt8] { given ?? SystemRandom().bytes(count) }
    }
}
