// SteleCommand · the requests of an import without a node to send them to.
package import Primitives

/// What an import of some files would send, in order: for measuring what a node does with it.
package struct ImportBodies: Sendable {
    /// How many resources all bodies hold, and how many equal repeats are left out.
    package let resourceCount: Int
    package let repeatCount: Int
    /// How many bodies there are; the first `sharedCount` of them hold what belongs to nobody and come before the rest.
    package let count: Int
    package let sharedCount: Int
    /// The patients in the files, by logical id and name: enrolled before their records are sent.
    package let patients: [(id: String, name: String)]
    private let chunks: [ImportChunk]
    private let sources: ImportSources

    /// The bodies of an import of the files and folders at `paths`.
    /// - Throws: `file.missing`.
    package init(_ paths: [String]) async throws(SteleError) {
        sources = await ImportSources(try ImportPaths.files(in: paths))
        let plan = sources.plan
        chunks = plan.shared + plan.patients
        count = chunks.count
        sharedCount = plan.shared.count
        resourceCount = plan.resourceCount
        repeatCount = plan.repeatCount
        var seen: Set<String> = []
        patients = sources.files.flatMap(\.patients).filter { seen.insert($0.id).inserted }
            .map { ($0.id, $0.displayName) }
    }

    /// The body numbered `index`, a bundle.
    package func body(_ index: Int) -> [UInt8] { ChunkBody(chunks[index], sources.files, sources.table).bytes }
}
