// SteleCommand · the node's own key on disk, and the one that succeeds it.
internal import Cryptography
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Keeps the node's own key in `node.key`, the next one in `node-next.key` until it has taken its place.
struct NodeKeyFiles: NodeKeyKeeper {
    private let folder: String
    private let genesis: Genesis
    private let root: RootKeyFile
    private let random: any RandomSource

    init(_ setup: NodeSetup, random: any RandomSource) throws(SteleError) {
        folder = setup.directory.keysPath
        genesis = setup.genesis
        root = try setup.configuration.rootKeyFile()
        self.random = random
    }

    /// What a custodian needs to replace the key of `setup`, for whoever holds its lock.
    func renewal(of keys: NodeKeys) throws(SteleError) -> NodeKeyRenewal {
        var next = keys.nextNode
        if let prepared = next, prepared.publicKey == keys.node.publicKey {
            // It has taken the key's place already.
            try file("node-next").remove()
            next = nil
        }
        let former = try NodeLineage(folder, genesis).keys.filter { $0 != keys.node.publicKey }
        return NodeKeyRenewal(keeper: self, next: next, former: former)
    }

    func prepare(_ next: SigningKey) throws(SteleError) {
        let roots = try root.candidates()
        if try !file("commons").exists() {
            let first = try SigningKey(seed: file("node").load(roots: roots))
            try save(Custodian.commonsKey(of: first), as: "commons", roots)
        }
        try save(next, as: "node-next", roots)
    }

    func adopt(_ next: SigningKey, after former: SigningKey) throws(SteleError) {
        var lineage = try NodeLineage(folder, genesis)
        try lineage.append(next.publicKey, after: former)
        try save(next, as: "node", root.candidates())
        try file("node-next").remove()
    }

    private func file(_ use: String) -> SealedKeyFile {
        SealedKeyFile(folder: folder, use: use, chainID: genesis.chainID)
    }

    private func save(_ key: SigningKey, as use: String, _ roots: [RootKey]) throws(SteleError) {
        // While a node serves there is one root: what a crash left of two was settled when it started.
        guard let root = roots.first else { return }
        try file(use).save(key.seed, root: root.secret, random: random)
    }
}
