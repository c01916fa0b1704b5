// SteleCommand · in which order and in which parts an import is sent.
internal import FHIR
internal import Node
internal import Primitives

/// Resources that go to the node in one request.
struct ImportChunk: Sendable {
    /// What is sent, in this order.
    var resources: [ScannedResource] = []
    /// How many bytes their texts have.
    var byteCount = 0
}

/// Everything of some files that is sent, each equal repeat once, in parts that a node takes.
///
/// What belongs to nobody comes first: practitioners, organisations, places. Then come the patients one after the
/// other, the Patient resource first. All versions of one resource are in one part, so that parts may be sent in any
/// order and again.
struct ImportPlan: Sendable {
    /// Most bytes of a part, in bytes, unless one resource has more; and most resources.
    static let chunkByteCountMax = 2 << 20
    static let chunkResourceCountMax = 512

    /// The parts of what belongs to nobody.
    private(set) var shared: [ImportChunk] = []
    /// The parts of the patients' records.
    private(set) var patients: [ImportChunk] = []
    /// How many repeats are left out because they are equal.
    private(set) var repeatCount = 0

    /// How many bytes are sent, and how many resources.
    var byteCount: Int { (shared + patients).reduce(0) { $0 + $1.byteCount } }
    var resourceCount: Int { (shared + patients).reduce(0) { $0 + $1.resources.count } }

    /// The plan for `files`, in which `table` answers references.
    init(_ files: [ScannedFile], _ table: ReferenceTable) {
        var versions: [String: [ScannedResource]] = [:]
        var groups: [String: [String]] = [:]  // The names in each patient's group, in order; "" for nobody's.
        var order: [String] = []
        for file in files {
            for resource in file.resources {
                let known = versions[resource.name] ?? []
                let isRepeat =
                    file.isHistory
                    ? known.last?.digest == resource.digest : known.contains { $0.digest == resource.digest }
                guard !isRepeat else {
                    repeatCount += 1
                    continue
                }
                versions[resource.name] = known + [resource]
                guard known.isEmpty else { continue }
                let owner = Self.owner(of: resource, in: file, table)
                if groups[owner] == nil, !owner.isEmpty { order.append(owner) }
                groups[owner, default: []].append(resource.name)
            }
        }
        shared = Self.chunks((groups[""] ?? []).map { versions[$0]! })
        patients = Self.chunks(
            order.flatMap { patient in
                let own = "Patient/" + patient
                let names = groups[patient]!
                return ((names.contains(own) ? [own] : []) + names.filter { $0 != own }).map { versions[$0]! }
            })
    }

    /// The patient in whose group a resource goes; empty for nobody's. Whose record it is, the node finds out for
    /// itself.
    static func owner(of resource: ScannedResource, in file: ScannedFile, _ table: ReferenceTable) -> String {
        if let text = resource.owner {
            let reference = Reference(text)
            if case .name(let name)? = table.answer(reference, in: resource), name.hasPrefix("Patient/") {
                return String(name.dropFirst(8))
            }
            if reference.type == .patient, let id = reference.id { return id }
        }
        let isShared = ResourceType(name: String(resource.type)).map { RecordOwner.shared.contains($0) } ?? false
        return isShared || file.patients.count != 1 ? "" : file.patients[0].id
    }

    private static func chunks(_ resources: [[ScannedResource]]) -> [ImportChunk] {
        var chunks: [ImportChunk] = []
        var chunk = ImportChunk()
        for versions in resources {
            let byteCount = versions.reduce(0) { $0 + $1.byteCount }
            if !chunk.resources.isEmpty,
                chunk.byteCount + byteCount > chunkByteCountMax
                    || chunk.resources.count + versions.count > chunkResourceCountMax
            {
                chunks.append(chunk)
                chunk = ImportChunk()
            }
            chunk.resources += versions
            chunk.byteCount += byteCount
        }
        if !chunk.resources.isEmpty { chunks.append(chunk) }
        return chunks
    }
}

/// The files of an import, scanned, with what references in them mean and how they are sent.
struct ImportSources: Sendable {
    let files: [ScannedFile]
    let table: ReferenceTable
    let plan: ImportPlan

    /// Scans the files at `paths`. What takes long is said with `say`.
    init(_ paths: [String], say: (String) -> Void = { _ in }) async {
        files = await ImportScan.files(paths, say: say)
        table = ReferenceTable(files)
        plan = ImportPlan(files, table)
    }
}
