// SteleCommand · `stele demo`.
internal import JSON
internal import Primitives

/// Tells the story of one patient with a fresh node.
struct DemoVerb: Verb {
    static let keep = Option(flag: "keep", "leave the node running")
    static let out = Option("out", "DIR", "where everything goes", default: "demo-out")
    static let bundles = Option("bundles", "DIR", "FHIR files whose patients come in instead of the samples")
    static let samples = Option("samples", "DIR", "the sample patients", default: "Samples of the source tree")

    let name = "demo"
    let summary = "tell the story of one patient with a fresh node"
    let help = Help(
        meaning: """
            Starts a node in a fresh folder on a free port of this machine and tells, step by step and checking each: \
            six patients, or those of --bundles, come in; one gives three scopes for fourteen days; each asker reads \
            what they may; one asks for what is hidden and gets nothing; the patient sees who asked; revokes; the next \
            read is refused; the node stops; the exported proofs are checked without it, and a flipped bit is found. \
            Everything it made stays in --out, an earlier demonstration there is removed first. What it started is \
            stopped, also when it fails. With --bundles the patient is the one who has most of the documents that the \
            story needs; what is missing is lent from the samples, and the story says so.
            """,
        options: [keep, out, bundles, samples],
        examples: ["stele demo", "stele demo --bundles bundles --keep"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let samples = try StoryFolder.samples(arguments.value(Self.samples))
        let folder = try StoryFolder(fresh: arguments.value(Self.out) ?? "demo-out")
        let narrator = Narrator(terminal)
        let story = Story(
            folder: folder, samples: samples, bundles: arguments.value(Self.bundles), executable: Executable.path,
            isKept: arguments.contains(Self.keep), narrator: narrator)
        try await story.tell()
        terminal.result([
            "out": .string(folder.path), "seconds": .number(String(Int(narrator.elapsedSeconds.rounded(.up)))),
        ])
        return .success
    }
}
