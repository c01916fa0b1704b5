// SteleTesting · blobs in memory.
public import Primitives
import Storage
import Synchronization
public import Vault

/// A ``BlobStore`` in memory that outlives the vault on it, as a disk outlives a process, and fails where a test wants
/// it to.
public final class MemoryBlobs: BlobStore {
    private struct State {
        var blobs: [Bytes32: [UInt8]] = [:]
        var fault: Fault?
        var operationCount = 0
    }
    private let state = Mutex(State())  // Everything stored; held only inside one call.

    /// No blobs yet.
    public init() {}

    /// The blobs as they are.
    public var contents: [Bytes32: [UInt8]] {
        get { state.withLock { $0.blobs } }
        set { state.withLock { $0.blobs = newValue } }
    }

    /// Plans `fault` among the writes and removals, counted from now; nil for none.
    public func plan(_ fault: Fault?) {
        state.withLock {
            $0.fault = fault
            $0.operationCount = 0
        }
    }

    public func write(
        _ id: Bytes32, _ body: (_ append: ([UInt8]) throws(SteleError) -> Void) throws(SteleError) -> Void
    ) throws(SteleError) {
        var content: [UInt8] = []
        try body { (piece) throws(SteleError) in content += piece }
        try injecting { $0.blobs[id] = content }
    }

    public func read(_ id: Bytes32, in range: Range<Int>) throws(SteleError) -> [UInt8] {
        let blob = try find(id)
        guard range.upperBound <= blob.count else {
            throw SteleError(.blobRange, "the range ends past the blob", hint: "none; this is a test")
        }
        return Array(blob[range])
    }

    public func byteCount(of id: Bytes32) throws(SteleError) -> Int { try find(id).count }

    public func delete(_ id: Bytes32) throws(SteleError) { try injecting { $0.blobs[id] = nil } }

    private func find(_ id: Bytes32) throws(SteleError) -> [UInt8] {
        guard let blob = state.withLock({ $0.blobs[id] }) else {
            throw SteleError(.blobUnknown, "no blob has this id", hint: "none; this is a test")
        }
        return blob
    }

    private func injecting(_ operation: (inout State) -> Void) throws(SteleError) {
        let isFailing = state.withLock { state in
            state.operationCount += 1
            let moment = state.fault?.moment(at: state.operationCount)
            if moment != .before { operation(&state) }
            return moment != nil
        }
        if isFailing { throw FaultInjectingStore.ioError }
    }
}
