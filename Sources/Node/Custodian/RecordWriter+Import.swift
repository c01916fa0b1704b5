// Node · versions of records that come from elsewhere, many at once.
internal import FHIR
internal import Primitives
internal import Vault

/// A version on its way in, with everything made of it that needs no lock.
struct ImportedDraft: Sendable {
    /// The resource, for the enrolment of a Patient, or what is deleted.
    let submission: Submission
    /// What is to be kept. A deletion gets its labels when it is written.
    let draft: RecordDraft
}

extension RecordWriter {
    /// Writes versions of resources of one patient as an import brings them, in their order.
    ///
    /// What is there is not written again: of the versions of one resource, as many as end what is there and begin what
    /// comes in. So the same import again writes nothing, and one that was cut off goes on. What is left is written in
    /// rounds with one version of a resource in each; a round is staged with one sync, anchored by as many transactions
    /// as it needs, all under way at once, and shown in one step.
    ///
    /// What is deleted already is not deleted again. A deletion that begins the versions of a resource deletes what is
    /// there from before: nothing, if what is there begins what follows it.
    /// - Returns: what became of each; nil where something was to be deleted that is not there. With the error, as of
    ///   ``write(_:asOne:)``, of a round that failed: those before it stay written, and what is nil then is not there.
    func bringIn(
        _ drafts: [ImportedDraft], of patient: String?
    ) async throws(SteleError) -> (written: [Written?], error: SteleError?) {
        try custodian.ledger.disk?.checkGrowth()
        let changes = drafts.map { RecordChange($0.submission, patient: patient) }
        let subject = try await subjects(of: changes, asOne: false, isDrafted: true)[0]
        let compartment = try custodian.vault.compartment(of: subject)
        let profiles = try custodian.vault.directory.subject(subject).profiles
        var written: [Written?] = Array(repeating: nil, count: drafts.count)
        var rounds: [[Line]] = []
        let now = custodian.time.now()
        for places in Self.sequences(drafts) {
            let known = compartment.versions(of: drafts[places[0]].draft.resource)
            let (overlap, rest) = Self.overlap(of: known, places[...], drafts)
            for (entry, place) in overlap { written[place] = Written(entry) }
            var newest = known.last.map { (labels: profiles[Int($0.profile)].labels, isTombstone: $0.isTombstone) }
            var round = 0
            for place in rest {
                var draft = drafts[place].draft
                draft.lastUpdated = now
                let isThere = newest.map { !$0.isTombstone } ?? false
                if draft.isTombstone {
                    guard isThere, let labels = newest?.labels else { continue }
                    draft.labels = labels
                }
                if rounds.count == round { rounds.append([]) }
                rounds[round].append(Line(place: place, draft: draft, isCreated: !draft.isTombstone && !isThere))
                newest = (draft.labels, draft.isTombstone)
                round += 1
            }
        }
        var failure: SteleError?
        for lines in rounds where failure == nil {
            do throws(SteleError) {
                try await write(lines, of: subject, into: &written)
            } catch {
                failure = error
            }
        }
        // Also when the same came in before, as with ``write(_:asOne:)``.
        if drafts.contains(where: { $0.submission.name.type == ResourceType.encounter.name }) {
            try await custodian.endEpisodes(of: subject)
        }
        return (written, failure)
    }

    private func write(
        _ lines: [Line], of subject: SubjectID, into written: inout [Written?]
    ) async throws(SteleError) {
        try await custodian.registerProfiles(Set(lines.map(\.draft.labels)), of: subject)
        var parts: [[Line]] = []
        for start in stride(from: 0, to: lines.count, by: Custodian.anchoredCountMax) {
            parts.append(Array(lines[start..<min(start + Custodian.anchoredCountMax, lines.count)]))
        }
        let results =
            parts.count == 1
            ? [try await custodian.anchor(lines.map(\.draft), of: subject)]
            : try await custodian.anchor(group: parts.map { GroupPart(subject: subject, drafts: $0.map(\.draft)) })
        for (part, result) in zip(parts, results) { Self.note(result, part, in: &written) }
    }

    /// The places of the versions of each resource, resources in the order in which they appear.
    private static func sequences(_ drafts: [ImportedDraft]) -> [[Int]] {
        var numbers: [ResourceName: Int] = [:]
        var sequences: [[Int]] = []
        for (place, one) in drafts.enumerated() {
            if let number = numbers[one.draft.resource] {
                sequences[number].append(place)
            } else {
                numbers[one.draft.resource] = sequences.count
                sequences.append([place])
            }
        }
        return sequences
    }

    /// The most versions that end `known` and begin the sequence at `places`, and the places of the others.
    private static func overlap(
        of known: [CompartmentEntry], _ places: ArraySlice<Int>, _ drafts: [ImportedDraft]
    ) -> (overlap: [(CompartmentEntry, Int)], rest: ArraySlice<Int>) {
        func areAlike(_ count: Int, _ places: ArraySlice<Int>) -> Bool {
            zip(known.suffix(count), places).allSatisfy { $0.hasContent(of: drafts[$1].draft) }
        }
        var count = min(known.count, places.count)
        while count > 0 {
            if areAlike(count, places) { return (Array(zip(known.suffix(count), places)), places.dropFirst(count)) }
            count -= 1
        }
        // What the first deletions deleted was here before, or never.
        let later = places.drop { drafts[$0].draft.isTombstone }
        if later.count < places.count, later.count >= known.count, areAlike(known.count, later) {
            return (Array(zip(known, later)), later.dropFirst(known.count))
        }
        return ([], places)
    }
}
