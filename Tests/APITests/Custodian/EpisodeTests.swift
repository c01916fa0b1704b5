// An episode that the patient bound to a stay ends with the stay: before the write is answered, for everybody at once.
import API
import Contracts
import Foundation
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing
import Vault

@Suite struct EpisodeTests {
    private static func stay(_ status: String, id: String = "stay") -> String {
        #"{"resourceType":"Encounter","id":"\#(id)","status":"\#(status)","#
            + #""class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"#
            + #""subject":{"reference":"Patient/p1"}}"#
    }

    /// A stay, and an episode with three roles that may end with it.
    private static func open(
        _ fixture: APIFixture, custodianMayEnd: Bool = true
    ) async throws -> (episode: Bytes32, staff: [APIFixture.Client]) {
        let surgeon = try await fixture.token(fixture.surgeon)
        for (target, text) in [
            ("/fhir/Observation/hb", APIFixture.result), ("/fhir/Encounter/stay", stay("in-progress")),
        ] {
            #expect(try await fixture.put(target, text, surgeon).status == 201)
        }
        let anaesthetist = try await APIFixture.add("anna", role: "anaesthetist", to: fixture.house)
        let episode = fixture.house.random.bytes32()
        let grants = ["surgeon", "laboratory", "anaesthetist"].map { role in
            fixture.house.permit(
                fixture.wallet, to: [.role(code: role, organisation: "st-elsewhere")], classes: [.all])
        }
        let receipt = try await fixture.house.submit(
            ConsentGrant(
                subject: fixture.wallet.subject, grants: grants, episode: episode, custodianMayEnd: custodianMayEnd),
            by: fixture.wallet)
        #expect(receipt.isApplied)
        return (episode, [fixture.surgeon, fixture.laboratory, anaesthetist])
    }

    private static func bind(
        _ fixture: APIFixture, _ episode: Bytes32, to encounter: String = "Encounter/stay"
    ) async throws -> Reply {
        let body: JSONValue = ["episode": .string(episode.hex), "encounter": .string(encounter)]
        return try await fixture.post("/custodian/v1/episodes", body, fixture.token(fixture.patient))
    }

    private static func statuses(_ fixture: APIFixture, _ staff: [APIFixture.Client]) async throws -> [Int] {
        var statuses: [Int] = []
        for client in staff {
            let token = try await fixture.token(client, patient: "p1")
            statuses.append(try await fixture.get("/fhir/Observation/hb", token).status)
        }
        return statuses
    }

    @Test(arguments: ["finished", "cancelled", "entered-in-error"])
    func endsWithTheStay(status: String) async throws {
        let fixture = try await APIFixture()
        let (episode, staff) = try await Self.open(fixture)
        #expect(try await Self.bind(fixture, episode).status == 201)
        #expect(try await Self.statuses(fixture, staff) == [200, 200, 200])
        let writer = try await fixture.token(fixture.surgeon)
        // A change that does not end the stay ends nothing.
        #expect(try await fixture.put("/fhir/Encounter/stay", Self.stay("onleave"), writer).status == 200)
        #expect(try await Self.statuses(fixture, staff) == [200, 200, 200])
        #expect(try await fixture.put("/fhir/Encounter/stay", Self.stay(status), writer).status == 200)
        #expect(try await Self.statuses(fixture, staff) == [403, 403, 403])
        #expect(try fixture.custodian.vault.boundEpisodes(of: fixture.wallet.subject).isEmpty)
        let acts = try fixture.custodian.consentActs(of: fixture.wallet.subject)
        #expect(acts.last?.call == "consent.end_episode" && acts.last?.signedAs == .custodian)
    }

    @Test func deletingTheStayEndsItToo() async throws {
        let fixture = try await APIFixture()
        let (episode, staff) = try await Self.open(fixture)
        #expect(try await Self.bind(fixture, episode).status == 201)
        let writer = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.send("DELETE", "/fhir/Encounter/stay", token: writer).status < 300)
        #expect(try await Self.statuses(fixture, staff) == [403, 403, 403])
    }

    @Test(arguments: [true, false])
    func endsWithAStayThatEndsByImport(isDeleted: Bool) async throws {
        let fixture = try await APIFixture()
        let (episode, staff) = try await Self.open(fixture)
        #expect(try await Self.bind(fixture, episode).status == 201)
        let entry =
            isDeleted
            ? BundleText.entry(nil, "DELETE", "Encounter/stay") : #"{"resource":\#(Self.stay("finished"))}"#
        let text = BundleText.bundle("history", [entry, #"{"resource":\#(Self.stay("in-progress"))}"#])
        let writer = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.send(
            "POST", "/custodian/v1/import", token: writer, type: "application/fhir+json", body: Array(text.utf8))
        #expect(reply.statuses == [201, 201], "\(reply.text)")
        #expect(try await Self.statuses(fixture, staff) == [403, 403, 403])
        #expect(try fixture.custodian.vault.boundEpisodes(of: fixture.wallet.subject).isEmpty)
    }

    @Test func bindsOnlyWhatThePatientOpenedSo() async throws {
        let fixture = try await APIFixture()
        let (firm, staff) = try await Self.open(fixture, custodianMayEnd: false)
        #expect(try await Self.bind(fixture, firm).code == "episode.unknown")
        #expect(try await Self.bind(fixture, fixture.house.random.bytes32()).code == "episode.unknown")
        let episode = fixture.house.random.bytes32()
        try await fixture.house.submit(
            ConsentOpenEpisode(subject: fixture.wallet.subject, episode: episode, custodianMayEnd: true),
            by: fixture.wallet)
        #expect(try await Self.bind(fixture, episode, to: "Encounter/nowhere").code == "episode.encounter")
        #expect(try await Self.bind(fixture, episode, to: "stay").code == "request.malformed")
        let staffToken = try await fixture.token(fixture.surgeon)
        let body: JSONValue = ["episode": .string(episode.hex), "encounter": "Encounter/stay"]
        #expect(try await fixture.post("/custodian/v1/episodes", body, staffToken).code == "subject.not_yours")
        let writer = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.put("/fhir/Encounter/stay", Self.stay("finished"), writer).status == 200)
        #expect(try await Self.bind(fixture, episode).code == "episode.encounter")
        // The episode that was not opened so outlives the stay.
        #expect(try await Self.statuses(fixture, staff) == [200, 200, 200])
    }

    @Test func onlyTheBoundEpisodeEnds() async throws {
        let fixture = try await APIFixture()
        let (episode, staff) = try await Self.open(fixture)
        let writer = try await fixture.token(fixture.surgeon)
        #expect(
            try await fixture.put("/fhir/Encounter/visit", Self.stay("arrived", id: "visit"), writer).status == 201)
        #expect(try await Self.bind(fixture, episode).status == 201)
        #expect(
            try await fixture.put("/fhir/Encounter/visit", Self.stay("finished", id: "visit"), writer).status == 200)
        #expect(try await Self.statuses(fixture, staff) == [200, 200, 200])
    }

    @Test func aStartEndsWhatACrashLeftOpen() async throws {
        let fixture = try await APIFixture()
        let (episode, staff) = try await Self.open(fixture)
        #expect(try await Self.bind(fixture, episode).status == 201)
        // Written by hand, as if the process had died before the episode's end.
        try await fixture.custodian.vault.setBoundEpisodes([], of: fixture.wallet.subject)
        let writer = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.put("/fhir/Encounter/stay", Self.stay("finished"), writer).status == 200)
        try await fixture.custodian.vault.setBoundEpisodes(
            [BoundEpisode(episode: episode, encounter: "stay")], of: fixture.wallet.subject)
        #expect(try await Self.statuses(fixture, staff) == [200, 200, 200])
        try await fixture.custodian.start()
        #expect(try await Self.statuses(fixture, staff) == [403, 403, 403])
    }

    /// What readers at work share.
    private final class Readers: Sendable {
        let served = Mutex<[String]>([])
        let isOver = Mutex(false)
    }

    /// Sixteen readers go on while the stay ends: none is served under an event at or after the height of the end.
    @Test func nobodyIsServedAtOrAfterTheEnd() async throws {
        let fixture = try await APIFixture()
        let (episode, _) = try await Self.open(fixture)
        #expect(try await Self.bind(fixture, episode).status == 201)
        let tokens = [
            try await fixture.token(fixture.surgeon, patient: "p1"),
            try await fixture.token(fixture.laboratory, patient: "p1"),
        ]
        let writer = try await fixture.token(fixture.surgeon)
        let readers = Readers()
        let clock = ContinuousClock()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<16 {
                let token = tokens[reader % 2]
                group.addTask { @Sendable in
                    while !readers.isOver.withLock({ $0 }) {
                        let reply = try await fixture.get("/fhir/Observation/hb", token)
                        if reply.status == 200, let id = reply["Stele-Transaction"] {
                            readers.served.withLock { $0.append(id) }
                        }
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            let start = clock.now
            #expect(try await fixture.put("/fhir/Encounter/stay", Self.stay("finished"), writer).status == 200)
            #expect(clock.now - start < .seconds(2))
            try await Task.sleep(for: .milliseconds(200))
            readers.isOver.withLock { $0 = true }
            try await group.waitForAll()
        }
        let end = try #require(try fixture.custodian.consentActs(of: fixture.wallet.subject).last?.receipt)
        let ids = readers.served.withLock { $0 }
        #expect(!ids.isEmpty)
        for id in ids {
            let transaction = try #require(TransactionID(hex: id))
            let receipt = try #require(try fixture.custodian.ledger.receipt(of: transaction))
            #expect(receipt.logIndex < end.logIndex)
        }
    }
}
