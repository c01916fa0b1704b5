// API · a batch: each entry on its own.
internal import FHIR
internal import HTTPServer
internal import Primitives

/// Answers each entry as if it had come alone, a few at once: nothing in one depends on another. Deletions come first,
/// then what is created, then what is updated, then what is read. Source: FHIR R4 §3.1.0.11.1.
struct BatchRun: Sendable {
    /// How many entries are under way at once.
    static let entryCountAtOnceMax = 8

    private let single: EntryRequests
    private let bundle: Bundle
    private let request: RouteRequest

    init(_ single: EntryRequests, _ bundle: Bundle, _ request: RouteRequest) {
        self.single = single
        self.bundle = bundle
        self.request = request
    }

    /// The responses, in the order of the entries.
    func run() async -> [BundleEntryResponse] {
        var responses: [BundleEntryResponse?] = Array(repeating: nil, count: bundle.entries.count)
        for step in Bundle.Request.Method.steps {
            let places = bundle.entries.indices.filter {
                step.contains(bundle.entries[$0].request?.method ?? .GET)
            }
            await withTaskGroup(of: (Int, BundleEntryResponse).self) { group in
                var waiting = places[...]
                func start(_ place: Int) {
                    group.addTask { (place, await single.answer(bundle.entries[place], request)) }
                }
                for _ in 0..<Self.entryCountAtOnceMax { if let place = waiting.popFirst() { start(place) } }
                while let (place, response) = await group.next() {
                    responses[place] = response
                    if let place = waiting.popFirst() { start(place) }
                }
            }
        }
        return responses.compactMap { $0 }
    }
}

extension Bundle.Request.Method {
    /// The methods in the order in which a transaction does them. Source: FHIR R4 §3.1.0.11.2.
    static let steps: [Set<Bundle.Request.Method>] = [[.DELETE], [.POST], [.PUT, .PATCH], [.GET, .HEAD]]
}
