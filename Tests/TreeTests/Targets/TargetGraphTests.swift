// The graph of docs/design/architecture.md: dependencies point down only, and the pure part stays pure.
import Testing

@Suite struct TargetGraphTests {
    /// The floor each target stands on. A target depends on lower floors only.
    static let floors: [[String]] = [
        ["CSodium", "COpenSSL", "CPKCS11", "CRocksDB", "CMicrohttpd", "CCurl", "CPostgres", "CSimdjson", "CLinux"],
        ["Primitives"],
        ["Cryptography", "Storage", "JSON"],
        ["Ledger", "FHIR"],
        ["Contracts", "Leaks"],
        ["Consensus"],
        ["Ordering", "Vault"],
        ["HTTPServer", "HTTPClient", "Node"],
        ["SteleTesting"],
        ["API", "Console"],
        ["SteleCommand"],
        ["stele", "Benchmarks", "CrashWorker"],
    ]
    /// Targets without socket, clock or disk.
    static let pure = [
        "Primitives", "Cryptography", "JSON", "Ledger", "FHIR", "Contracts", "Leaks", "Consensus", "Ordering",
    ]
    /// Targets that people or machines meet directly.
    static let edges = ["SteleCommand", "stele", "Benchmarks"]

    static let floorOf = Dictionary(
        uniqueKeysWithValues: floors.enumerated().flatMap { floor in floor.element.map { ($0, floor.offset) } })
    static let products = Target.all.filter { $0.kind != .test }

    @Test func readsTheManifest() {
        #expect(Target.all.count > 30)
        #expect(Target.all.contains { $0.name == "Ledger" && $0.dependencies == ["Primitives", "Cryptography"] })
        #expect(Target.all.contains { $0.name == "Benchmarks" && $0.folder == "Benchmarks" })
        #expect(Target.all.first { $0.name == "Ledger" }?.imports.contains("Primitives") == true)
    }

    @Test(arguments: products.map(\.name))
    func dependsOnLowerFloorsOnly(name: String) throws {
        let target = try #require(Self.products.first { $0.name == name })
        let floor = try #require(Self.floorOf[name], "give \(name) a floor in this test and in architecture.md")
        for dependency in target.dependencies {
            let lower = try #require(Self.floorOf[dependency])
            #expect(lower < floor, "\(name) depends on \(dependency), which is not below it")
        }
    }

    /// The compiler sees every module that is built; only the manifest says which ones a target may see.
    @Test(arguments: products.filter { $0.kind != .system }.map(\.name))
    func importsOnlyWhatItDeclares(name: String) throws {
        let target = try #require(Self.products.first { $0.name == name })
        let ours = Set(Target.all.map(\.name))
        let undeclared = target.imports.intersection(ours).subtracting(target.dependencies)
        #expect(undeclared.isEmpty, "\(name) imports \(undeclared.sorted()) without depending on them")
    }

    @Test(arguments: pure)
    func pureTargetsKnowNoOperatingSystem(name: String) throws {
        let target = try #require(Self.products.first { $0.name == name })
        let forbidden: Set = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Storage"]
        #expect(target.imports.isDisjoint(with: forbidden), "\(name) is pure")
    }

    @Test func foundationStaysAtTheEdges() {
        for target in Self.products where !Self.edges.contains(target.name) {
            #expect(!target.imports.contains("Foundation"), "\(target.name) imports Foundation")
        }
    }

    @Test func oneTargetImportsEachLibrary() {
        for library in Self.floors[0] {
            let importers = Self.products.filter { $0.imports.contains(library) }.map(\.name)
            #expect(importers.count <= 1, "\(library) is imported by \(importers)")
        }
    }

    @Test func fakesStayOutOfTheProduct() {
        for target in Self.products where !["Benchmarks", "CrashWorker"].contains(target.name) {
            #expect(!target.dependencies.contains("SteleTesting"), "\(target.name) depends on fakes")
        }
    }

    @Test func packagesComeFromNowhereElse() throws {
        #expect(try !Repository.text("Package.swift").contains(".package("))
    }
}
