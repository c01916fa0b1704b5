// SteleCommand · a file of FHIR resources before it is sent.
internal import FHIR
internal import Foundation
internal import JSON
public import Primitives

/// One file: a bundle, or a single resource.
struct ImportFile: Sendable {
    /// Largest file, in bytes: what a node takes as one body.
    static let byteCountMax = 32 << 20

    /// A patient whom a file is about.
    struct Patient: Sendable {
        /// The logical id.
        let id: String
        /// The name that officers and receipts for people show.
        let displayName: String
        /// As FHIR writes it.
        let birthDate: String?
    }

    /// Where it is.
    let path: String
    /// The patients in it.
    let patients: [Patient]
    /// How many resources it holds.
    let resourceCount: Int
    /// How many bytes it holds.
    let byteCount: Int
    private let isBundle: Bool

    /// Reads the file at `path`.
    /// - Throws: `file.missing`, `file.too_large`, `json.…` or `bundle.malformed`.
    init(_ path: String) throws(SteleError) {
        let bytes = try InputFile(path).read("FHIR file", byteCountMax: Self.byteCountMax)
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw error.asSteleError
        }
        self.path = path
        byteCount = bytes.count
        isBundle = root["resourceType"]?.isString("Bundle") ?? false
        let resources = isBundle ? root["entry"]?.elements.compactMap { $0["resource"] } ?? [] : [root]
        guard resources.allSatisfy({ $0["resourceType"]?.string != nil }) else {
            throw SteleError(
                .bundleNoResources, "a file holds something that is no FHIR resource",
                hint: "give FHIR R4 bundles or resources as JSON")
        }
        resourceCount = resources.count
        patients = resources.compactMap { Patient($0) }
    }

    /// What is sent: the bundle as it is, or the resource as the only entry of one, its bytes untouched.
    func body() throws(SteleError) -> [UInt8] {
        let bytes = try InputFile(path).read("FHIR file", byteCountMax: Self.byteCountMax)
        if isBundle { return bytes }
        return Array(#"{"resourceType":"Bundle","type":"collection","entry":[{"resource":"#.utf8) + bytes
            + Array("}]}".utf8)
    }
}

extension ErrorCode {
    /// A file to be imported that holds something else than FHIR resources.
    public static let bundleNoResources = ErrorCode("bundle.no_resources")
}

extension ImportFile.Patient {
    fileprivate init?(_ node: JSONNode) {
        guard node["resourceType"]?.isString("Patient") == true, let id = node["id"]?.string,
            Resource.isID(id)
        else { return nil }
        self.id = id
        birthDate = node["birthDate"]?.string
        let names = node["name"].map { Array($0.elements) } ?? []
        let name = names.first { $0["use"]?.isString("official") ?? false } ?? names.first
        let parts = (name?["given"]?.elements.compactMap(\.string) ?? []) + [name?["family"]?.string].compactMap { $0 }
        displayName = name?["text"]?.string ?? (parts.isEmpty ? "Patient " + id : parts.joined(separator: " "))
    }
}

// MARK: - Finding files
extension ImportFile {
    /// The files that `paths` name: each file, and the `.json` files in each folder and its folders, in order of their
    /// names.
    /// - Throws: `file.missing` when a path names nothing.
    static func paths(in paths: [String]) throws(SteleError) -> [String] {
        var found: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw SteleError(.fileMissing, "there is no file or folder at a path given", hint: "check the path")
            }
            guard isFolder.boolValue else {
                found.append(path)
                continue
            }
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
            found += names.filter { $0.hasSuffix(".json") }.sorted().map { "\(path)/\($0)" }
        }
        return found
    }
}
