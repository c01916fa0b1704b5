// What a preview says is what is then enforced: random patients, grants, askers and purposes, case by case.
//
// Each case previews, then reads every record, or searches, or takes everything away, or asks for the history, and
// compares what came out with what was announced. Repeatable by its seed.
import Contracts
import FHIR
import Foundation
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct PreviewAgreementTests {
    static let patientCount = 25, casesPerPatient = 40

    @Test func aThousandPreviewsAreWhatIsEnforced() async throws {
        let directory = NSTemporaryDirectory() + "stele-preview-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let house = try await TestCustodian(directory, clock: TestClock())
        var chance = SeededChance(seed: 20_260_401)
        let staff = try await Self.staff(house)
        var tally = Tally()
        for number in 0..<Self.patientCount {
            let patient = try await RandomPatient("p\(number)", house, staff, &chance)
            var cases: [Case] = []
            for _ in 0..<Self.casesPerPatient { cases.append(Case(of: patient, staff, &chance)) }
            let house = house
            try await withThrowingTaskGroup(of: Tally.self) { group in
                for one in cases { group.addTask { try await one.compare(house) } }
                for try await found in group { tally.add(found) }
            }
        }
        #expect(tally.disagreements.isEmpty, "\(tally.disagreements.prefix(5).joined(separator: "; "))")
        #expect(tally.caseCount == 1000)
        // The cases say something: many of each outcome.
        #expect(tally.shownCount > 500 && tally.withheldCount > 500 && tally.refusedCount > 50, "\(tally)")
        try await house.stop()
    }

    static func staff(_ house: TestCustodian) async throws -> [RegisteredActor] {
        var staff: [RegisteredActor] = []
        for (index, role) in ["surgeon", "nurse", "laboratory", "researcher"].enumerated() {
            staff.append(try await house.person("person\(index)", role: role))
        }
        return staff
    }

    /// What came of the cases.
    struct Tally {
        var caseCount = 0
        var shownCount = 0, withheldCount = 0, refusedCount = 0
        var disagreements: [String] = []

        mutating func add(_ other: Tally) {
            caseCount += other.caseCount
            shownCount += other.shownCount
            withheldCount += other.withheldCount
            refusedCount += other.refusedCount
            disagreements += other.disagreements
        }
    }

    /// One asker with one purpose, who does one kind of thing.
    struct Case: Sendable {
        enum Way: CaseIterable { case read, namedRead, search, everything, history }

        let patient: String
        let subject: SubjectID
        let actor: RegisteredActor
        let purposes: [String]
        let way: Way

        init(of patient: RandomPatient, _ staff: [RegisteredActor], _ chance: inout SeededChance) {
            self.patient = patient.wallet.patient
            subject = patient.wallet.subject
            actor = staff.randomElement(using: &chance)!
            purposes = [["TREAT"], ["TREAT"], ["ETREAT"], ["HRESCH"], ["HPAYMT", "TREAT"], ["CLINTRCH"]]
                .randomElement(using: &chance)!
            way = Way.allCases.randomElement(using: &chance)!
        }

        private var labels: [Label] {
            [.actor(actor.did), .organisation(actor.organisation)]
                + actor.roles.map { .role(code: $0, organisation: actor.organisation) }
        }

        private var action: Action {
            switch way {
            case .read, .namedRead, .history: .read
            case .search: .search
            case .everything: .export
            }
        }

        func compare(_ house: TestCustodian) async throws -> Tally {
            let preview = try house.custodian.preview(of: subject, by: labels, purposes: purposes, action: action)
            var tally = Tally(caseCount: 1)
            let shown = Set(preview.items.filter(\.isPermitted).map { "\($0.resource)/\($0.version)" })
            tally.shownCount = shown.count
            tally.withheldCount = preview.items.count - shown.count
            let counted = preview.lines.reduce(0) { $0 + $1.permittedCount }
            if counted != shown.count { tally.disagreements.append("\(self): the counts are not those of the items") }
            let asker = house.asker(
                actor, patient: way == .namedRead ? patient : nil, purposes: purposes)
            switch way {
            case .read, .namedRead:
                for item in preview.items {
                    let answer = try await house.custodian.read(
                        Question(.read(item.resource, version: nil), action: .read), by: asker)
                    let isAsSaid =
                        switch answer {
                        case .released(let release):
                            item.isPermitted && release.records.map(\.entry.version) == [item.version]
                        case .unavailable: !item.isPermitted && (way == .read || preview.hasPermit)
                        case .refused: !preview.hasPermit && way == .namedRead
                        case .gone: false
                        }
                    if case .refused = answer { tally.refusedCount += 1 }
                    if !isAsSaid { tally.disagreements.append("\(way) of \(item) by \(actor.id) for \(purposes)") }
                }
            case .search, .everything:
                var query = SearchQuery(everythingOf: nil, count: 1000)
                if way == .everything { query = query.includingReferred() }
                try await check(
                    Question(.search(SearchRequest(query, scope: .patient(patient))), action: action), asker, house,
                    preview, shown, &tally)
            case .history:
                try await check(
                    Question(.history(HistoryQuestion(.patient(patient, type: nil), count: 1000)), action: .read),
                    asker,
                    house, preview, shown, &tally)
            }
            return tally
        }

        private func check(
            _ question: Question, _ asker: Asker, _ house: TestCustodian, _ preview: Preview, _ shown: Set<String>,
            _ tally: inout Tally
        ) async throws {
            let newest = Set(preview.items.map { "\($0.resource)/\($0.version)" })
            switch try await house.custodian.read(question, by: asker) {
            case .released(let release):
                // A history has older versions too, of which a preview says nothing.
                let names = Set(release.records.map { "\($0.entry.resource)/\($0.entry.version)" })
                if names.intersection(newest) != shown || !preview.hasPermit || (way != .history && names != shown) {
                    tally.disagreements.append(
                        "\(way) by \(actor.id) for \(purposes): \(names.symmetricDifference(shown).sorted())")
                }
            case .refused:
                tally.refusedCount += 1
                if preview.hasPermit { tally.disagreements.append("\(way) by \(actor.id) refused") }
            case .unavailable, .gone: tally.disagreements.append("\(way) by \(actor.id): no answer")
            }
        }
    }
}

/// A patient with records of many labels, and grants of every kind.
struct RandomPatient {
    let wallet: TestCustodian.Wallet

    init(
        _ id: String, _ house: TestCustodian, _ staff: [RegisteredActor], _ chance: inout SeededChance
    ) async throws {
        wallet = try await house.enrol(id)
        for number in 0..<Int.random(in: 4...9, using: &chance) {
            for version in 0..<(chance.isTrue(1, in: 4) ? 2 : 1) {
                let text = Self.record("\(id)-\(number)", patient: id, version, &chance)
                _ = try await house.custodian.write([Submission(try TestCustodian.resource(text))], patient: id)
            }
        }
        let current = try house.custodian.vault.compartment(of: wallet.subject).current()
        if let entry = current.first, chance.isTrue(1, in: 3) {
            _ = try await house.custodian.write([Submission(deleting: entry.resource)], patient: id)
        }
        for _ in 0..<Int.random(in: 0...6, using: &chance) { try await act(house, staff, &chance) }
    }

    private static let types = ["Observation", "Condition", "DocumentReference", "MedicationRequest", "Procedure"]
    private static let sensitivities = ["PSY", "HIV", "ETH", "SEX"]

    /// The type stays with the id; the labels may change with the version.
    private static func record(
        _ id: String, patient: String, _ version: Int, _ chance: inout SeededChance
    ) -> String {
        let type = types[id.utf8.reduce(0) { $0 + Int($1) } % types.count]
        let security =
            chance.isTrue(1, in: 3)
            ? #""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"\#(sensitivities.randomElement(using: &chance)!)"}]},"#
            : ""
        let category = ["laboratory", "imaging", "vital-signs"].randomElement(using: &chance)!
        let categories =
            type == "Observation"
            ? #""category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"\#(category)"}]}],"#
            : ""
        return
            #"{"resourceType":"\#(type)","id":"\#(id)",\#(security)\#(categories)"subject":{"reference":"Patient/\#(patient)"},"note":[{"text":"\#(version)"}]}"#
    }

    /// One act of consent: some grants, perhaps under an episode, perhaps ended at once in one way or the other.
    private func act(_ house: TestCustodian, _ staff: [RegisteredActor], _ chance: inout SeededChance) async throws {
        var grants: [GrantTerms] = []
        for _ in 0..<Int.random(in: 1...3, using: &chance) { grants.append(terms(house, staff, &chance)) }
        let episode: Bytes32? = chance.isTrue(1, in: 3) ? house.random.bytes32() : nil
        let made = try await house.submit(
            ConsentGrant(subject: wallet.subject, grants: grants, episode: episode), by: wallet)
        #expect(made.isApplied)
        if let episode, chance.isTrue(1, in: 3) {
            let ended = try await house.submit(ConsentEndEpisode(subject: wallet.subject, episode: episode), by: wallet)
            #expect(ended.isApplied)
        } else if chance.isTrue(1, in: 5) {
            let ended = try await house.submit(
                ConsentRevoke(
                    subject: wallet.subject, grants: [Grant.id(transaction: made.transactionID, index: 0)]), by: wallet)
            #expect(ended.isApplied)
        }
    }

    private func terms(
        _ house: TestCustodian, _ staff: [RegisteredActor], _ chance: inout SeededChance
    ) -> GrantTerms {
        let organisation = house.custodian.organisation
        let grantees: [Label] =
            [
                .organisation(organisation), .organisation("elsewhere"),
                .role(code: "surgeon", organisation: "elsewhere"),
            ]
            + staff.flatMap { [.actor($0.did), .role(code: $0.roles[0], organisation: organisation)] }
        let classes: [Label] =
            [
                .all, .category("laboratory"), .category("imaging"),
                .typeInCategory(type: "Observation", category: "laboratory"),
            ]
            + Self.types.map(Label.type) + Self.sensitivities.map(Label.sensitivity)
        func some(_ labels: [Label], _ counts: ClosedRange<Int>) -> [Label] {
            Array(labels.shuffled(using: &chance).prefix(Int.random(in: counts, using: &chance)))
        }
        var terms = house.permit(
            wallet, to: some(grantees, 1...3), classes: some(classes, 1...3),
            except: chance.isTrue(1, in: 3) ? some(classes.filter { $0 != .all }, 1...2) : [],
            purposes: [["TREAT"], ["TREAT"], ["ETREAT"], ["HRESCH"], ["TREAT", "HPAYMT"]].randomElement(using: &chance)!
        )
        if chance.isTrue(1, in: 4) { terms.kind = .deny }
        if chance.isTrue(1, in: 3) {
            terms.actions = Actions(
                Array(
                    [Action.read, .search, .export].shuffled(using: &chance).prefix(
                        Int.random(in: 1...2, using: &chance))))
        }
        if chance.isTrue(1, in: 8) { terms.notBefore = UnixSeconds(terms.notBefore.seconds + 3600) }
        return terms
    }
}

/// SplitMix64: the same choices for the same seed.
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// True `count` times in `total`.
    mutating func isTrue(_ count: Int, in total: Int) -> Bool { Int.random(in: 0..<total, using: &self) < count }
}
