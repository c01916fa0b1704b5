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

    func unfinished() throws(SteleError) -> SigningKey? {
        let keys = try load()
        guard let next = keys.nextNode else { return nil }
        guard next.publicKey != keys.node.publicKey else {
            // It has taken the key's place already.
            try file("node-next").remove()
            return nil
        }
        return next
    }

    func former() throws(SteleError) -> [PublicKey] {
        let current = try load().node.publicKey
        return Array(try NodeLineage(folder, genesis).keys.prefix { $0 != current })
    }

    func prepare(_ next: SigningKey) throws(SteleError) {
        let keys = try load()
        // Nothing is begun that could not be ended: the lineage goes on from its newest key only.
        guard try NodeLineage(folder, genesis).keys.last == keys.node.publicKey else { throw NodeLineage.rejected }
        if keys.commons == nil { try save(Custodian.commonsKey(of: keys.node), as: "commons") }
        try save(next, as: "node-next")
    }

    func adopt(_ next: SigningKey, after former: SigningKey) throws(SteleError) {
        var lineage = try NodeLineage(folder, genesis)
        try lineage.append(next.publicKey, after: former)
        try save(next, as: "node")
        try file("node-next").remove()
    }

    private func file(_ use: String) -> SealedKeyFile {
        SealedKeyFile(folder: folder, use: use, chainID: genesis.chainID)
    }

    private func load() throws(SteleError) -> NodeKeys {
        try NodeKeys.load(from: folder, roots: root.candidates(), chainID: genesis.chainID)
    }

    /// Saves `key` under the root that the node key is sealed with: after a renewal that failed there are two.
    private func save(_ key: SigningKey, as use: String) throws(SteleError) {
        let roots = try root.candidates()
        guard let inForce = roots.first(where: { (try? file("node").load(root: $0.secret)) != nil }) ?? roots.first
        else { return }
        try file(use).save(key.seed, root: inForce.secret, random: random)
    }
}
