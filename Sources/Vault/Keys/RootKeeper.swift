// Vault · who keeps the root key, and replaces it when an epoch ends.
public import Primitives

/// Keeps the root of the epoch, and while an epoch ends the next one beside it.
///
/// The steps are: ``prepare(_:)``, then the key store is written for the next root, then ``adopt(_:)``. After a crash
/// between them both roots are there; which one opens the key store says where to go on.
public protocol RootKeeper: Sendable {
    /// Keeps `next` beside the root in force; durable when this returns. One prepared before and never used is
    /// replaced.
    func prepare(_ next: RootKey) throws(SteleError)

    /// Destroys the root in force and puts `next`, which was prepared, in its place; durable when this returns. May be
    /// called again.
    func adopt(_ next: RootKey) throws(SteleError)

    /// Ends what a crash left half done: adopts a next root that is of `epoch`, which is the key store's, and forgets
    /// one that never came into force.
    func settle(onEpoch epoch: UInt32) throws(SteleError)
}
