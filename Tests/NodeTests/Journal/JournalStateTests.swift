// The journal's rules alone: what follows what, how much and how long, and which emergency is open to whom.
import Contracts
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Node

@Suite struct JournalStateTests {
    private let random = SeededRandom(17)
    private let recorded: JournalRow
    private let subject: SubjectID
    private let person: Bytes32

    init() throws {
        var row = JournalRow(of: try #require(OrganisationName("st-elsewhere")))
        row.append(encoded: random.bytes(40), of: random.bytes32())
        row.append(encoded: random.bytes(40), of: random.bytes32())
        recorded = row
        subject = random.bytes32()
        person = random.bytes32()
    }

    private func line(
        after row: JournalRow, at time: UInt64, seconds: UInt32? = 600, opening: UInt64? = nil,
        by person: Bytes32? = nil
    ) throws -> JournalLine {
        let tokens = try #require(TokenSet(padding: [random.bytes32()], random: random))
        var entry = JournalEntry()
        entry.number = row.count + 1
        entry.time = UnixSeconds(time)
        entry.askerCommitment = random.bytes32()
        (entry.asker, entry.purposes) = (tokens, tokens)
        entry.manifestRoot = random.bytes32()
        entry.actorCode = person ?? self.person
        if opening == nil { (entry.reason, entry.seconds) = (.disaster, seconds) }
        entry.opening = opening
        let sealed = random.bytes(90)
        entry.kept = SHA256.hash(sealed)
        return JournalLine(previous: row.head, subject: subject, entry: entry, sealed: sealed)
    }

    private func lines(_ count: Int) throws -> [JournalLine] {
        var row = recorded
        return try (0..<count).map { index in
            let line = try line(after: row, at: 1000 + UInt64(index))
            row = line.row
            return line
        }
    }

    @Test func linesComeBackAsTheyWere() throws {
        for line in try lines(3) {
            #expect(try JournalLine(PreallocatedLog.Piece(number: line.entry.number, bytes: line.encoded)) == line)
            for place in stride(from: 64, to: line.encoded.count, by: 5) {
                var bytes = line.encoded
                bytes[place] ^= 1
                let piece = PreallocatedLog.Piece(number: line.entry.number, bytes: bytes)
                // A bit in what the chain covers shows in the chain; every other bit shows at once.
                if let read = try? JournalLine(piece) { #expect(read.row.head != line.row.head, "byte \(place)") }
            }
            #expect(throws: SteleError.self) {
                try JournalLine(PreallocatedLog.Piece(number: line.entry.number + 1, bytes: line.encoded))
            }
        }
    }

    @Test func goesOnWhereTheLedgerIs() throws {
        let lines = try lines(4)
        for known in 0...4 {
            let row = known == 0 ? recorded : lines[known - 1].row
            let state = try JournalState(lines, recorded: row)
            #expect(state.lines == Array(lines[known...]))
            #expect(state.row == lines[3].row)
        }
        var state = try JournalState(lines, recorded: recorded)
        state.recorded(upTo: 4)
        #expect(state.lines.map(\.entry.number) == [5, 6])
        state.recorded(upTo: 9)
        #expect(state.lines.isEmpty && state.row.count == 6)
    }

    @Test func refusesLinesThatAreLeftOutMovedOrOfAnotherLedger() throws {
        let lines = try lines(4)
        var other = recorded
        other.head = random.bytes32()
        for (given, row) in [
            ([lines[0], lines[2]], recorded), ([lines[1], lines[0]], recorded), (Array(lines[1...]), recorded),
            (lines, other),
            (
                Array(lines[..<2]),
                {
                    var row = lines[1].row; row.head = other.head; return row
                }()
            ),
        ] {
            let error = #expect(throws: SteleError.self) { try JournalState(given, recorded: row) }
            #expect(error?.code == .journalDamaged)
        }
    }

    @Test func isBoundedInLinesAndInTime() throws {
        var state = try JournalState([], recorded: recorded)
        try state.check(at: UnixSeconds(5000))
        for _ in 0..<JournalState.lineCountMax { state.append(try line(after: state.row, at: 5000)) }
        let full = #expect(throws: SteleError.self) { try state.check(at: UnixSeconds(5001)) }
        #expect(full?.code == .journalFull)
        state.recorded(upTo: state.row.count)
        try state.check(at: UnixSeconds(5001))

        state.append(try line(after: state.row, at: 6000))
        try state.check(at: UnixSeconds(6000 + JournalState.outageSecondsMax - 1))
        let late = #expect(throws: SteleError.self) {
            try state.check(at: UnixSeconds(6000 + JournalState.outageSecondsMax))
        }
        #expect(late?.code == .journalFull)
        // A clock that was put back gains no time.
        #expect(state.time(at: UnixSeconds(10)) == UnixSeconds(6000))
    }

    @Test func anEmergencyIsOpenToItsPersonForItsSubjectUntilItsEnd() throws {
        var state = try JournalState([], recorded: recorded)
        state.append(try line(after: state.row, at: 1000, seconds: 600))
        state.append(try line(after: state.row, at: 1000, seconds: 900))
        state.append(try line(after: state.row, at: 1000, seconds: 7200, by: random.bytes32()))
        let open = try #require(state.opening(of: person, about: subject, at: UnixSeconds(1899)))
        #expect(open == JournalState.Opening(number: 4, until: UnixSeconds(1900)))
        #expect(state.opening(of: person, about: subject, at: UnixSeconds(1900)) == nil)
        #expect(state.opening(of: person, about: random.bytes32(), at: UnixSeconds(1001)) == nil)
        #expect(state.opening(of: random.bytes32(), about: subject, at: UnixSeconds(1001)) == nil)
        state.append(try line(after: state.row, at: 1100, opening: 4))
        #expect(state.openingCount(of: person) == 2)
    }
}
