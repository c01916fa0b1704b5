// SteleCommand · files of FHIR resources on their way into a node.
internal import HTTPClient
internal import JSON
internal import Primitives
internal import Synchronization

/// Brings files into a node: reads them all, enrols their patients, then sends what belongs to nobody and after that
/// the patients' records, several requests at once.
///
/// What the node has already with the same bytes it does not write again, so an import that stopped is continued by the
/// same call; a journal spares it what was sent.
struct Importer: Sendable {
    /// How many requests are under way at once.
    static let requestCountAtOnceMax = 6
    /// Longest wait for the answer to one part.
    static let partTimeout = Duration.seconds(280)
    /// How often a part is sent that the node is too busy for, and the first wait between.
    static let attemptCountMax = 6
    static let firstWait = Duration.milliseconds(500)

    /// The officer who imports.
    let session: NodeSession
    /// Enrols the patients.
    let registrar: PatientRegistrar
    /// Where what was sent is noted; nil for nowhere.
    let journal: ImportJournal?
    /// Says how far it is.
    let say: @Sendable (String) -> Void

    /// What came of an import.
    struct Outcome: Sendable {
        var tally = ImportTally()
        /// What did not come in.
        var failures: [ImportFailure] = []
        /// How many parts an earlier call had sent.
        var skippedPartCount = 0
        /// How long enrolling and sending took, in seconds.
        var seconds = 0.0
    }

    /// Imports `sources`.
    /// - Throws: what makes going on useless: an unreachable node, a refused token. What is refused is in the outcome.
    func run(_ sources: ImportSources) async throws -> Outcome {
        let (files, table, plan) = (sources.files, sources.table, sources.plan)
        say(
            "files read: \(files.count); resources to send: \(plan.resourceCount), equal repeats: \(plan.repeatCount)")
        var outcome = Outcome()
        outcome.tally.fileCount = files.count
        outcome.tally.repeatCount = plan.repeatCount
        outcome.failures = files.flatMap(\.failures)
        for failure in outcome.failures { outcome.tally.add(.refused(failure.code)) }
        let start = ContinuousClock.now
        try await enrol(files, into: &outcome)
        // Patients take longer than records: with their time in it, the rate would tell nothing for a while.
        let progress = ImportProgress(
            byteCount: plan.byteCount, resourceCount: plan.resourceCount, say: say)
        for chunks in [plan.shared, plan.patients] {
            try await withBound(Self.requestCountAtOnceMax, chunks) { (chunk) throws(SteleError) in
                defer { progress.note(chunk) }
                return try await send(chunk, files, table)
            } each: { part in
                outcome.tally += part.tally
                outcome.failures += part.failures
                outcome.skippedPartCount += part.skippedPartCount
            }
        }
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        return outcome
    }

    // MARK: - Patients

    private func enrol(_ files: [ScannedFile], into outcome: inout Outcome) async throws {
        var seen: Set<String> = []
        let patients = files.flatMap { file in
            file.patients.filter { seen.insert($0.id).inserted }.map { (patient: $0, path: file.path) }
        }
        var doneCount = 0
        var last = ContinuousClock.now
        typealias Enrolled = (isNew: Bool?, failure: ImportFailure?)
        try await withBound(Self.requestCountAtOnceMax, patients) { (one) throws(SteleError) -> Enrolled in
            do throws(SteleError) {
                return (try await registrar.enrol(one.patient), nil)
            } catch {
                guard Self.isOfThisPart(error) else { throw error }
                return (
                    nil,
                    ImportFailure(
                        path: one.path, offset: nil, resource: "Patient/" + one.patient.id, code: error.code.name)
                )
            }
        } each: { enrolled in
            switch enrolled.isNew {
            case true: outcome.tally.enrolledCount += 1
            case false: outcome.tally.knownCount += 1
            // The patient's records will be refused one by one, and counted then.
            case nil: if let failure = enrolled.failure { outcome.failures.append(failure) }
            }
            doneCount += 1
            if ContinuousClock.now - last >= ImportProgress.interval, doneCount < patients.count {
                say("\(doneCount) of \(patients.count) patients")
                last = .now
            }
        }
    }

    // MARK: - Parts

    private func send(
        _ chunk: ImportChunk, _ files: [ScannedFile], _ table: ReferenceTable
    ) async throws(SteleError) -> Outcome {
        let body = ChunkBody(chunk, files, table)
        var outcome = Outcome()
        outcome.failures = body.failures
        for failure in body.failures { outcome.tally.add(.refused(failure.code)) }
        guard !body.resources.isEmpty else { return outcome }
        if let known = journal?.tally(of: body.bytes) {
            outcome.tally += known
            outcome.skippedPartCount = 1
            return outcome
        }
        do throws(SteleError) {
            let answers = try await post(body)
            outcome.tally.unresolved = body.unresolved
            for (resource, answer) in zip(body.resources, answers) {
                outcome.tally.add(answer)
                if case .refused(let code) = answer { outcome.failures.append(resource.failure(code, files)) }
            }
            // What was refused is to be tried again next time.
            if outcome.tally.refusals.isEmpty { try journal?.note(body.bytes, outcome.tally) }
        } catch {
            guard Self.isOfThisPart(error) else { throw error }
            guard error.code.name != "http.body_too_large" || chunk.resources.count == 1 else {
                return try await sendHalves(of: chunk, files, table)
            }
            for resource in body.resources {
                outcome.tally.add(.refused(error.code.name))
                outcome.failures.append(resource.failure(error.code.name, files))
            }
        }
        return outcome
    }

    /// Sends a chunk that is too large for this node as two, the versions of one resource in one of them. If there are
    /// no others they are parted, and sent one after the other all the same.
    private func sendHalves(
        of chunk: ImportChunk, _ files: [ScannedFile], _ table: ReferenceTable
    ) async throws(SteleError) -> Outcome {
        var outcome = Outcome()
        let half = chunk.resources.count / 2
        let borders = chunk.resources.indices.dropFirst().filter {
            chunk.resources[$0].name != chunk.resources[$0 - 1].name
        }
        let middle = borders.min { abs($0 - half) < abs($1 - half) } ?? half
        for half in [chunk.resources[..<middle], chunk.resources[middle...]] {
            let part = try await send(
                ImportChunk(resources: Array(half), byteCount: half.reduce(0) { $0 + $1.byteCount }), files, table)
            outcome.tally += part.tally
            outcome.failures += part.failures
            outcome.skippedPartCount += part.skippedPartCount
        }
        return outcome
    }

    private func post(_ body: ChunkBody) async throws(SteleError) -> [ImportTally.Answer] {
        var wait = Self.firstWait
        for attempt in 1... {
            do throws(SteleError) {
                let root = try await session.send(
                    "POST", "/custodian/v1/import", accept: "application/fhir+json", body: .fhir(body.bytes),
                    timeout: Self.partTimeout
                ).json()
                let answers = root["entry"]?.elements.map { ImportTally.Answer($0) } ?? []
                guard answers.count == body.resources.count else {
                    throw NodeAnswer.malformed("it does not answer for each resource")
                }
                return answers
            } catch {
                // Sending again is harmless: what is there already is not written twice.
                guard attempt < Self.attemptCountMax, Self.passes(error) else { throw error }
                try? await Task.sleep(for: wait)
                wait *= 2
            }
        }
        preconditionFailure("the attempts are counted inside")
    }

    /// Whether the same request may fare better in a moment.
    private static func passes(_ error: SteleError) -> Bool {
        ["http.busy", "http.timeout", "node.busy", "vault.busy", "vault.version_pending", "client.timeout"]
            .contains(error.code.name)
    }

    /// Whether the next part may fare better.
    private static func isOfThisPart(_ error: SteleError) -> Bool {
        let nouns: Set = ["json", "bundle", "resource", "vault", "subject", "wallet", "request", "http"]
        return nouns.contains(String(error.code.name.prefix { $0 != "." }))
    }
}

extension ScannedResource {
    fileprivate func failure(_ code: String, _ files: [ScannedFile]) -> ImportFailure {
        ImportFailure(path: files[Int(file)].path, offset: range.lowerBound, resource: name, code: code)
    }
}

/// Runs `work` on each of `items`, at most `bound` at once, and `each` on the results, one at a time.
private func withBound<Item: Sendable, Value: Sendable>(
    _ bound: Int, _ items: [Item], _ work: @escaping @Sendable (Item) async throws(SteleError) -> Value,
    each: (Value) -> Void
) async throws {
    try await withThrowingTaskGroup(of: Value.self) { group in
        var waiting = items[...]
        func addNext() {
            if let item = waiting.popFirst() { group.addTask { try await work(item) } }
        }
        for _ in 0..<bound { addNext() }
        while let value = try await group.next() {
            each(value)
            addNext()
        }
    }
}
