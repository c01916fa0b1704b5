// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors wherever CI runs; a developer's build only prints them.
let isCI = Context.environment["CI"] == "true"

let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .strictMemorySafety(),  // Every unsafe expression is spelled `unsafe`, so it can be found.
    ] + (isCI ? [.treatAllWarnings(as: .error)] : [])

// The graph of `docs/design/architecture.md`: a target depends only on targets above it in this list.
let package = Package(
    name: "stele",
    products: [
        .executable(name: "stele", targets: ["stele"]),
        .library(name: "Ledger", targets: ["Ledger"]),
        .library(name: "Primitives", targets: ["Primitives"]),
    ],
    targets: [
        // C libraries: a module map and a shim each.
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPKCS11", providers: [.apt(["libp11-kit-dev"])]),
        .systemLibrary(name: "CRocksDB", providers: [.apt(["librocksdb-dev"])]),
        .systemLibrary(name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(
            name: "CSimdjson", cxxSettings: [.unsafeFlags(["-O3"])], linkerSettings: [.linkedLibrary("simdjson")]),

        // Pure foundations.
        .target(name: "Primitives", swiftSettings: strict),
        .target(
            name: "Cryptography", dependencies: ["Primitives", "CSodium", "COpenSSL", "CPKCS11"],
            swiftSettings: strict),
        .target(name: "Storage", dependencies: ["Primitives", "CRocksDB"], swiftSettings: strict),
        .target(name: "JSON", dependencies: ["Primitives", "CSimdjson"], swiftSettings: strict),

        // Pure domain.
        .target(name: "Ledger", dependencies: ["Primitives", "Cryptography"], swiftSettings: strict),
        .target(name: "FHIR", dependencies: ["Primitives", "JSON"], swiftSettings: strict),
        .target(
            name: "Contracts", dependencies: ["Primitives", "Cryptography", "JSON", "Ledger"], swiftSettings: strict),
        .target(
            name: "Leaks", dependencies: ["Primitives", "Cryptography", "Ledger"],
            // Each start hashes two million texts before the first write: without this, debug builds take a quarter
            // of a minute for it.
            swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(name: "Consensus", dependencies: ["Primitives", "Cryptography", "Ledger"], swiftSettings: strict),

        // Engines and stores.
        .target(name: "Ordering", dependencies: ["Primitives", "Ledger", "Consensus"], swiftSettings: strict),
        .target(
            name: "Vault", dependencies: ["Primitives", "Cryptography", "Storage", "JSON", "FHIR"],
            swiftSettings: strict),

        // Sockets, actors, surfaces.
        .target(name: "HTTPServer", dependencies: ["Primitives", "CMicrohttpd"], swiftSettings: strict),
        .target(name: "HTTPClient", dependencies: ["Primitives", "CCurl"], swiftSettings: strict),
        .target(
            name: "Node",
            dependencies: [
                "Primitives", "Cryptography", "Storage", "JSON", "Ledger", "FHIR", "Contracts", "Leaks", "Consensus",
                "Ordering", "Vault",
            ], swiftSettings: strict),
        .target(
            name: "API",
            dependencies: [
                "Primitives", "Cryptography", "JSON", "Ledger", "FHIR", "Contracts", "Vault", "Node", "HTTPServer",
            ], swiftSettings: strict),
        .target(
            name: "SteleCommand",
            dependencies: [
                "Primitives", "Cryptography", "Storage", "JSON", "Ledger", "FHIR", "Contracts", "Vault", "Node",
                "HTTPServer", "HTTPClient", "API", "CLinux",
            ], swiftSettings: strict),
        .executableTarget(name: "stele", dependencies: ["SteleCommand"], swiftSettings: strict),

        // Fakes shared by tests and benchmarks; the benchmarks themselves.
        .target(
            name: "SteleTesting",
            dependencies: [
                "Primitives", "Cryptography", "Storage", "JSON", "Ledger", "FHIR", "Contracts", "Leaks", "Node",
                "Vault",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Primitives", "Cryptography", "Storage", "JSON", "Ledger", "FHIR", "Contracts", "Leaks", "Ordering",
                "Vault", "Node", "API", "HTTPServer", "HTTPClient", "SteleCommand", "SteleTesting",
            ], path: "Benchmarks", exclude: ["get-paths.lua", "post-transactions.lua"], swiftSettings: strict),

        // The process that the fault tests kill.
        .executableTarget(
            name: "CrashWorker",
            dependencies: [
                "Primitives", "Cryptography", "Storage", "Ledger", "FHIR", "Contracts", "Consensus", "Ordering",
                "Vault",
                "Node", "SteleTesting",
            ], path: "Tests/CrashWorker", swiftSettings: strict),

        .testTarget(name: "PrimitivesTests", dependencies: ["Primitives", "JSON"], swiftSettings: strict),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "JSON"], swiftSettings: strict),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "SteleTesting"], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger", "JSON", "SteleTesting"], swiftSettings: strict),
        .testTarget(name: "FHIRTests", dependencies: ["FHIR", "JSON"], swiftSettings: strict),
        .testTarget(
            name: "ContractsTests", dependencies: ["Contracts", "JSON", "SteleTesting"], swiftSettings: strict),
        .testTarget(
            name: "LeaksTests",
            dependencies: ["Leaks", "Contracts", "SteleTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "ConsensusTests", dependencies: ["Primitives", "Cryptography", "Consensus", "Ledger"],
            swiftSettings: strict),
        .testTarget(name: "VaultTests", dependencies: ["Vault", "SteleTesting"], swiftSettings: strict),
        .testTarget(name: "HTTPServerTests", dependencies: ["HTTPServer", "HTTPClient"], swiftSettings: strict),
        .testTarget(name: "NodeTests", dependencies: ["Node", "Leaks", "SteleTesting"], swiftSettings: strict),
        .testTarget(
            name: "APITests", dependencies: ["API", "Node", "SteleTesting", "HTTPClient", "HTTPServer"],
            swiftSettings: strict),
        .testTarget(
            name: "SteleCommandTests",
            dependencies: [
                "SteleCommand", "Primitives", "Cryptography", "JSON", "Ledger", "Storage", "Vault", "Contracts", "Node",
                "HTTPServer", "HTTPClient", "SteleTesting",
            ], swiftSettings: strict),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "CrashWorker", "Primitives", "Cryptography", "Storage", "Ledger", "FHIR", "Contracts", "Consensus",
                "Ordering", "Vault", "Node", "SteleTesting",
            ], swiftSettings: strict),
        .testTarget(name: "TreeTests", dependencies: ["JSON"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
