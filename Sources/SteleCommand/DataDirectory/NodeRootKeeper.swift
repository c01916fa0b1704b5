// SteleCommand · the root key of a node, replaced together with everything that is sealed under it.
internal import Cryptography
internal import Ledger
internal import Primitives
internal import Vault

/// Replaces the root key in its file. The node's own keys are sealed under the root too, so they are sealed anew before
/// the old one is destroyed.
struct NodeRootKeeper: RootKeeper {
    /// The root key's file.
    let file: RootKeyFile
    /// Where the node's own keys are, and for which network.
    let folder: String
    let chainID: Digest
    let random: any RandomSource
    /// Told the epoch of each root that has taken its place.
    let renewed: @Sendable (UInt32) -> Void

    /// Every key that `stele init` seals under the root.
    private static let uses = ["node", "node-next", "commons", "vote", "admin", "override", "tls-authority"]

    init(
        _ setup: NodeSetup, random: any RandomSource, renewed: @escaping @Sendable (UInt32) -> Void
    ) throws(SteleError) {
        file = try setup.configuration.rootKeyFile()
        folder = setup.directory.keysPath
        chainID = setup.genesis.chainID
        self.random = random
        self.renewed = renewed
    }

    /// What an earlier renewal left undone is done first: its next root may be the one in force, and in no other file.
    func prepare(_ next: RootKey) throws(SteleError) {
        try settle(onEpoch: next.epoch - 1)
        try file.prepare(next)
    }

    func adopt(_ next: RootKey) throws(SteleError) {
        try sealKeys(under: next)
        try file.adopt(next)
        renewed(next.epoch)
    }

    func settle(onEpoch epoch: UInt32) throws(SteleError) {
        if let next = try file.candidates().first(where: { $0.epoch == epoch }) { try sealKeys(under: next) }
        try file.settle(onEpoch: epoch)
    }

    /// Seals the node's own keys under `root`, those that are not yet.
    private func sealKeys(under root: RootKey) throws(SteleError) {
        let roots = try file.candidates()
        for use in Self.uses {
            let sealed = SealedKeyFile(folder: folder, use: use, chainID: chainID)
            guard try sealed.exists(), (try? sealed.load(root: root.secret)) == nil else { continue }
            try sealed.save(sealed.load(roots: roots), root: root.secret, random: random)
        }
    }
}
