// SteleTesting · a root key kept in memory, and replaced there.
public import Primitives
internal import Synchronization
public import Vault

/// Keeps a root as a file would: it outlives the vaults that are opened with it.
public final class MemoryRootKeeper: RootKeeper {
    private struct Kept {
        var current: RootKey
        var next: RootKey?
    }
    private let kept: Mutex<Kept>  // Replaced as a whole.

    /// Keeps `root`.
    public init(_ root: RootKey) { kept = Mutex(Kept(current: root)) }

    /// The root in force, and the next one while there is one.
    public var candidates: [RootKey] { kept.withLock { [$0.current] + [$0.next].compactMap { $0 } } }

    public func prepare(_ next: RootKey) throws(SteleError) { kept.withLock { $0.next = next } }

    public func adopt(_ next: RootKey) throws(SteleError) { kept.withLock { $0 = Kept(current: next) } }

    public func settle(onEpoch epoch: UInt32) throws(SteleError) {
        kept.withLock { kept in
            if let next = kept.next, next.epoch == epoch { kept.current = next }
            kept.next = nil
        }
    }
}
