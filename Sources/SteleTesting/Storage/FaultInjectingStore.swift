// SteleTesting · a store that fails where a test wants it to.
public import Primitives
public import Storage
import Synchronization

/// Passes every call on to another store, counts them, and makes one fail.
///
/// It keeps the contract of ``KeyValueStore``: after a failed write, flush or checkpoint it writes nothing more.
/// Closing is never counted and never fails, so that a test can always open the store again.
public final class FaultInjectingStore: KeyValueStore {
    private struct State {
        var fault: Fault?
        var error: SteleError
        var operationCount = 0
        var areWritesFailing = false
    }

    private let base: any KeyValueStore
    private let failpoints: Failpoints?
    private let failStop = FailStop()
    private let state: Mutex<State>  // The plan and the count; held only to read and advance them.

    /// Wraps `base`, making `fault` happen with `error`.
    /// - Parameter failpoints: Where `store.write.before` and `store.write.after` are looked up.
    public init(
        _ base: any KeyValueStore, fault: Fault? = nil, error: SteleError = FaultInjectingStore.ioError,
        failpoints: Failpoints? = nil
    ) {
        self.base = base
        self.failpoints = failpoints
        state = Mutex(State(fault: fault, error: error))
    }

    /// The error of a broken disk.
    public static let ioError = SteleError(.storageIO, "injected failure", hint: "none; this is a test")
    /// The error of a full disk.
    public static let fullError = SteleError(.storageFull, "injected full disk", hint: "none; this is a test")

    /// How many operations were begun.
    public var operationCount: Int { state.withLock { $0.operationCount } }

    /// Plans `fault`, counted from the first operation of all.
    public func plan(_ fault: Fault?, error: SteleError = FaultInjectingStore.ioError) {
        state.withLock {
            $0.fault = fault
            $0.error = error
        }
    }

    /// Makes every write from now on fail as on a full disk, having done nothing; reading goes on.
    public func failWrites() { state.withLock { $0.areWritesFailing = true } }

    public func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]? {
        try injecting { () throws(SteleError) in try base.get(key, in: family) }
    }

    public func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?] {
        try injecting { () throws(SteleError) in try base.getMany(keys, in: family) }
    }

    public func write(_ batch: WriteBatch, sync: Bool) throws(SteleError) {
        try failStop.guarding { () throws(SteleError) in
            try injecting { () throws(SteleError) in
                if state.withLock({ $0.areWritesFailing }) { throw Self.fullError }
                try failpoints?.reach(.storeWriteBefore)
                try base.write(batch, sync: sync)
                try failpoints?.reach(.storeWriteAfter)
            }
        }
    }

    public func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        try injecting { () throws(SteleError) in try base.forEach(range, in: family, reverse: reverse, body) }
    }

    public func flush() throws(SteleError) {
        try failStop.guarding { () throws(SteleError) in
            try injecting { () throws(SteleError) in try base.flush() }
        }
    }

    public func compact(_ ranges: [(family: ColumnFamily, range: KeyRange)]) throws(SteleError) {
        try failStop.guarding { () throws(SteleError) in
            try injecting { () throws(SteleError) in try base.compact(ranges) }
        }
    }

    public func checkpoint(to path: String) throws(SteleError) {
        try failStop.guarding { () throws(SteleError) in
            try injecting { () throws(SteleError) in try base.checkpoint(to: path) }
        }
    }

    public func approximateByteCount() throws(SteleError) -> Int {
        try injecting { () throws(SteleError) in try base.approximateByteCount() }
    }

    public func close() throws(SteleError) { try base.close() }

    private func injecting<Value>(_ operation: () throws(SteleError) -> Value) throws(SteleError) -> Value {
        let (moment, error) = state.withLock { state in
            state.operationCount += 1
            return (state.fault?.moment(at: state.operationCount), state.error)
        }
        if moment == .before { throw error }
        let value = try operation()
        if moment == .after { throw error }
        return value
    }
}
