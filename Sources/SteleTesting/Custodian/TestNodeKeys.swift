// SteleTesting · a node's own key in memory, that can be replaced, and whose keeper can fail.
public import Cryptography
public import Node
public import Primitives
internal import Storage
internal import Synchronization

/// Keeps a node's key as its files would, over restarts of a custodian.
public final class TestNodeKeys: NodeKeyKeeper {
    /// What is kept.
    private struct State {
        var current: SigningKey
        var next: SigningKey?
        var former: [PublicKey] = []
        var stepCount = 0
        var failingStep: Int?
    }
    private let state: Mutex<State>
    private let commons: SigningKey

    /// The keys of a node whose first is `key`.
    public init(_ key: SigningKey) throws(SteleError) {
        state = Mutex(State(current: key))
        commons = try Custodian.commonsKey(of: key)
    }

    /// The key in force.
    public var current: SigningKey { state.withLock { $0.current } }
    /// Signs the consent of the organisation's own compartment.
    public var commonsKey: SigningKey { commons }

    public func unfinished() -> SigningKey? { state.withLock { $0.next } }
    public func former() -> [PublicKey] { state.withLock { $0.former } }

    /// Fails at step `number`, counted from 1 of now: before and after each of the keeper's two steps there is one.
    public func fail(at number: Int?) {
        state.withLock { ($0.failingStep, $0.stepCount) = (number, 0) }
    }

    /// The error of a planned failure.
    public static let failure = SteleError(.storageIO, "a planned failure", hint: "none")

    public func prepare(_ next: SigningKey) throws(SteleError) {
        try step { $0.next = next }
    }

    public func adopt(_ next: SigningKey, after former: SigningKey) throws(SteleError) {
        try step { state in
            if former.publicKey != next.publicKey { state.former.append(former.publicKey) }
            (state.current, state.next) = (next, nil)
        }
    }

    private func step(_ change: (inout State) -> Void) throws(SteleError) {
        let isFailing = state.withLock { state in
            state.stepCount += 1
            if state.stepCount == state.failingStep { return true }
            change(&state)
            state.stepCount += 1
            return state.stepCount == state.failingStep
        }
        if isFailing { throw Self.failure }
    }
}
