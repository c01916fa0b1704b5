// SteleCommandTests · a webhook is told that there is a notice, signed, in order, until it takes it, and nothing else.
import Contracts
import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import JSON
import Ledger
import Node
import Primitives
@testable import SteleCommand
import SteleTesting
import Storage
import Synchronization
import Testing
import Vault

@Suite struct NoticeCourierTests {
    /// Takes what is posted, but refuses the first `refusalCount` times.
    private final class Receiver: HTTPHandler {
        let received = Mutex<[(body: [UInt8], signature: String)]>([])
        private let refusals: Mutex<Int>

        init(refusing refusalCount: Int = 0) { refusals = Mutex(refusalCount) }

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            let isRefused = refusals.withLock { left in
                left -= 1
                return left >= 0
            }
            guard !isRefused else { return HTTPResponse(status: 503) }
            let signature = request.headers.values(of: "Stele-Signature").first ?? ""
            received.withLock { $0.append((request.body, signature)) }
            return HTTPResponse(status: 204)
        }

        /// The bodies received, once there are `count` or eight seconds are over.
        func bodies(_ count: Int) async throws -> [String] {
            for _ in 0..<160 where received.withLock({ $0.count }) < count {
                try await Task.sleep(for: .milliseconds(50))
            }
            return received.withLock { $0.map { String(decoding: $0.body, as: UTF8.self) } }
        }
    }

    /// What the log was told.
    private final class Told: Sendable { let events = Mutex<[LogEvent]>([]) }

    private static func open(_ house: TestCustodian, _ actor: String) async throws {
        let found = try #require(try house.custodian.vault.directory.actor(id: actor))
        _ = try await house.custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .disaster, seconds: 60),
            by: house.asker(found, purposes: ["ETREAT"]))
    }

    private static let secret = SecretBytes([UInt8](repeating: 7, count: 32))

    private static func courier(
        _ house: TestCustodian, _ server: HTTPServer, _ directory: String,
        report: @escaping @Sendable (LogEvent) -> Void = { _ in }
    ) throws -> NoticeCourier {
        try NoticeCourier(
            custodian: house.custodian, url: "http://127.0.0.1:\(server.boundPort)/hook", secret: secret,
            trust: .system, cursorPath: directory + "/notices.cursor", time: SystemTime(), report: report)
    }

    @Test func tellsEachNoticeOnceAndGoesOnWhereItStopped() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let house = try await TestCustodian(path)
        _ = try await house.enrol("p1")
        _ = try await house.person("ward", role: "physician")
        try await Self.open(house, "ward")  // Before there was a webhook: not told.
        let receiver = Receiver(refusing: 1)
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: receiver)
        let told = Told()
        let first = Task {
            try await Self.courier(house, server, path) { event in told.events.withLock { $0.append(event) } }.run()
        }
        try await Task.sleep(for: .milliseconds(300))
        let start = ContinuousClock.now
        try await Self.open(house, "ward")
        #expect(try await receiver.bodies(1).count == 1)
        #expect(ContinuousClock.now - start < .seconds(5))
        // The log has it that it failed, and that it does not any more.
        for _ in 0..<100 where told.events.withLock({ $0.count }) < 2 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(told.events.withLock { $0 } == [.webhookFailing, .webhookRecovered(attempts: 2)])
        first.cancel()
        _ = await first.result
        try await Self.open(house, "ward")
        let second = Task { try await Self.courier(house, server, path).run() }
        let bodies = try await receiver.bodies(2)
        second.cancel()
        _ = await second.result
        let notices = try house.custodian.notices(after: .start)
        #expect(bodies == notices.dropFirst().map { #"{"id":"\#($0.place.text)","kind":"emergency.opened"}"# })

        // Signed under the secret, over the time and the body.
        for (body, signature) in receiver.received.withLock({ $0 }) {
            let parts = signature.split(separator: ",").map { String($0.dropFirst($0.hasPrefix("t=") ? 2 : 3)) }
            try #require(parts.count == 2)
            #expect(HMACSHA256.code(of: Array((parts[0] + ".").utf8) + body, key: Self.secret).hex == parts[1])
        }
        await server.stop(within: .seconds(1))
        try await house.stop()
    }

    /// A deadline makes no block: the courier looks at the clock, too.
    @Test func tellsOfAReviewThatBecomesOverdue() async throws {
        let directory = try TemporaryDirectory()
        let clock = TestClock()
        let path = directory.path
        let house = try await TestCustodian(path, clock: clock)
        _ = try await house.enrol("p1")
        _ = try await house.person("ward", role: "physician")
        let receiver = Receiver()
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: receiver)
        let courier = Task { try await Self.courier(house, server, path).run() }
        try await Task.sleep(for: .milliseconds(300))
        try await Self.open(house, "ward")
        #expect(try await receiver.bodies(1).count == 1)
        clock.advance(milliseconds: 259_200_000 + 5_000)
        let start = ContinuousClock.now
        let bodies = try await receiver.bodies(2)
        #expect(ContinuousClock.now - start < .seconds(5))
        courier.cancel()
        _ = await courier.result
        let notices = try house.custodian.notices(after: .start)
        #expect(notices.map(\.kind) == [.emergencyOpened, .reviewOverdue])
        #expect(bodies.last == #"{"id":"\#(notices[1].place.text)","kind":"emergency.review_overdue"}"#)
        // Another process goes on behind it.
        let place = try #require(try AtomicFile(path + "/notices.cursor").read())
        #expect(String(decoding: place, as: UTF8.self) == notices[1].place.text + "\n")
        let again = Task { try await Self.courier(house, server, path).run() }
        try await Task.sleep(for: .seconds(2))
        again.cancel()
        _ = await again.result
        #expect(try await receiver.bodies(2).count == 2)
        await server.stop(within: .seconds(1))
        try await house.stop()
    }
}
