// Rules for every line: what a formatter cannot see.
import Testing

@Suite struct SourceRulesTests {
    // Spelled in pieces, so that this file keeps its own rules.
    static let unfinished = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
    static let workplaces = ["/wo" + "rk/", ".libr" + "ary/", "/home" + "/", "far" + "m-"]

    static let code = Repository.files.filter { !$0.path.hasSuffix(".md") && !$0.path.hasSuffix(".json") }

    /// A line with a string literal may be longer: to break the literal would hide what it says.
    @Test func linesFitTheScreen() {
        let places = Self.code.flatMap { file in
            file.places { line in
                guard line.utf8.count > 120, line.count > 120 else { return false }
                return !line.utf8.contains(UInt8(ascii: "\"")) || line.drop { $0 == " " }.hasPrefix("//")
            }
        }
        #expect(places.isEmpty, "longer than 120 characters: \(places)")
    }

    @Test func thereAreNoTabs() {
        let places = Self.code.filter { $0.path != "Makefile" }.flatMap { $0.places(of: ["\t"]) }
        #expect(places.isEmpty, "tabs: \(places)")
    }

    @Test func nothingIsLeftUnfinished() {
        let places = Repository.files.flatMap { $0.places(of: Self.unfinished, asWord: true) }
        #expect(places.isEmpty, "finish it, or open an issue: \(places)")
    }

    /// A bug stops the process through `precondition`, whose message says what held; nothing else may stop it.
    @Test func onlyPreconditionsStopTheProcess() {
        let files = Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "Benchmarks")
        let places = files.flatMap { $0.places(of: ["fatal" + "Error("]) }
        #expect(places.isEmpty, "use precondition: \(places)")
    }

    @Test func theWorkplaceIsNotNamed() {
        let places = Repository.files.flatMap { $0.places(of: Self.workplaces) }
        #expect(places.isEmpty, "a path or tool of somebody's own machine: \(places)")
    }

    @Test func filesBeginWithWhatTheyAre() {
        for file in Repository.swiftFiles(in: "Sources") {
            #expect(file.text.hasPrefix("// "), "\(file.path) lacks its header line")
        }
    }
}
