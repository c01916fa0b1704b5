// SteleCommand · files that a call names.
public import Cryptography
internal import Foundation
public import Primitives
internal import Storage

extension ErrorCode {
    /// There is no file where one was named.
    public static let fileMissing = ErrorCode("file.missing")
    /// A file that is larger than what it should hold can be.
    public static let fileTooLarge = ErrorCode("file.too_large")
    /// A file with a secret that other users of the machine may read or change.
    public static let filePermissions = ErrorCode("file.permissions")
}

/// A file that a call names and this program only reads.
public struct InputFile: Sendable {
    /// Where it is.
    public let path: String

    /// The file at `path`.
    public init(_ path: String) { self.path = path }

    /// Its content.
    /// - Parameters:
    ///   - what: what it should be, such as `proof file`, for the error.
    ///   - byteCountMax: the most it may hold.
    /// - Throws: `file.missing`, `file.too_large` or `storage.io`.
    public func read(_ what: String, byteCountMax: Int) throws(SteleError) -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: resolvedPath)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            throw SteleError(.fileMissing, "there is no \(what) at the path given", hint: "check the path")
        }
        if let size = attributes[.size] as? Int, size > byteCountMax { throw tooLarge(what, byteCountMax) }
        guard let bytes = try AtomicFile(path).read() else {
            throw SteleError(.fileMissing, "there is no \(what) at the path given", hint: "check the path")
        }
        guard bytes.count <= byteCountMax else { throw tooLarge(what, byteCountMax) }
        return bytes
    }

    /// The content of a file that holds a secret and therefore belongs to its owner alone.
    /// - Throws: `file.permissions` when anybody else may read or change it, and the errors of
    ///   ``read(_:byteCountMax:)``.
    public func readSecret(_ what: String, byteCountMax: Int) throws(SteleError) -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: resolvedPath)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            throw SteleError(
                .filePermissions, "the \(what) is open to other users of this machine",
                hint: "run chmod 600 on it; if others may have read it, make a new one")
        }
        return try read(what, byteCountMax: byteCountMax)
    }

    /// The key in a private key file: what `--key` names, as `openssl genpkey -algorithm ed25519` writes it.
    /// - Throws: `key.malformed`, and the errors of ``readSecret(_:byteCountMax:)``.
    public func readSigningKey() throws(SteleError) -> SigningKey {
        var bytes = try readSecret("private key file", byteCountMax: 4096)
        return try SigningKey(pem: SecretBytes(wiping: &bytes))
    }

    private var resolvedPath: String { URL(filePath: path).resolvingSymlinksInPath().path }

    private func tooLarge(_ what: String, _ byteCountMax: Int) -> SteleError {
        SteleError(
            .fileTooLarge, "the file is too large to be a \(what)", hint: "give a file of at most \(byteCountMax) bytes"
        )
    }
}
