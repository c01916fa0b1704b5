// HTTPServer · a request body as it comes in.
internal import Synchronization

/// Bytes of bodies held for all clients together.
final class BodyBudget: Sendable {
    private let byteCountMax: Int
    private let byteCount = Atomic<Int>(0)

    /// A budget of `byteCountMax` bytes.
    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Takes `count` bytes, unless they are no longer there.
    func take(_ count: Int) -> Bool {
        if byteCount.add(count, ordering: .relaxed).newValue <= byteCountMax { return true }
        giveBack(count)
        return false
    }

    /// Gives back `count` bytes taken before.
    func giveBack(_ count: Int) { byteCount.subtract(count, ordering: .relaxed) }
}

/// Collects a body within the limits; a body that breaks one is read on for a while, so that the refusal is not lost
/// with the connection, and thrown away.
struct RequestBody {
    /// What came of one more piece.
    enum Outcome {
        case taken, tooLarge, noMemory
        /// So much was thrown away that the connection is worth less than the answer.
        case hopeless
    }

    /// Bytes of a refused body, beyond what a body may have, that are read and thrown away: a client that sends half as
    /// much again and asks nothing before still gets its answer. It costs time and no memory.
    static let discardedByteCountMax = 32 << 20
    /// Room made before bytes have come, so that a declared length alone costs the server nothing much.
    private static let reservedByteCountMax = 64 << 10

    /// The bytes so far; none once refused.
    private(set) var bytes: [UInt8] = []
    private var heldByteCount = 0
    private var receivedByteCount = 0
    private var refusal: Outcome?
    private let byteCountMax: Int
    private let budget: BodyBudget

    /// An empty body that may grow to `byteCountMax` bytes.
    init(byteCountMax: Int, budget: BodyBudget) {
        self.byteCountMax = byteCountMax
        self.budget = budget
    }

    /// Refuses the body before any of it has come.
    mutating func refuse() { refusal = .tooLarge }

    /// Adds `piece`. `declaredByteCount` is how long the whole body will be, if known.
    mutating func append(_ piece: UnsafeRawBufferPointer, declaredByteCount: Int?) -> Outcome {
        receivedByteCount += piece.count
        if refusal == nil {
            if piece.count > byteCountMax - bytes.count {
                refusal = .tooLarge
            } else if !budget.take(piece.count) {
                refusal = .noMemory
            }
        }
        guard let refusal else {
            if bytes.isEmpty, let declaredByteCount {
                bytes.reserveCapacity(max(piece.count, min(declaredByteCount, Self.reservedByteCountMax)))
            }
            unsafe bytes.append(contentsOf: piece)
            heldByteCount += piece.count
            return .taken
        }
        discard()
        return receivedByteCount > byteCountMax + Self.discardedByteCountMax ? .hopeless : refusal
    }

    /// Gives the bytes to the handler; they stay in the budget until `discard()`.
    mutating func release() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Drops the bytes and gives them back to the budget.
    mutating func discard() {
        budget.giveBack(heldByteCount)
        heldByteCount = 0
        bytes = []
    }
}
