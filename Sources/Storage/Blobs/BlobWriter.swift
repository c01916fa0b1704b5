// Storage · one blob on its way to disk.
public import Primitives

/// Writes one blob piece by piece. Nothing is visible until ``commit()`` returns; a writer that goes away without it
/// leaves nothing behind.
public final class BlobWriter {
    private let id: Bytes32
    private let directory: BlobDirectory
    private let temporaryPath: String
    private let file: OpenFile
    private let failStop = FailStop()
    private var isCommitted = false
    /// How many bytes were appended.
    public private(set) var byteCount = 0

    init(_ id: Bytes32, in directory: BlobDirectory) throws(SteleError) {
        let temporaryPath = "\(directory.temporaryPath)/\(id.hex)\(BlobDirectory.suffix)"
        let (isFinished, isBegun) = try doing("beginning a blob") { () throws(SystemError) in
            (try directory.calls.exists(directory.location(of: id)), try directory.calls.exists(temporaryPath))
        }
        guard !isFinished, !isBegun else {
            throw SteleError(.storageExists, "there is a blob with this id", hint: "give every blob a fresh random id")
        }
        file = try doing("beginning a blob") { () throws(SystemError) in
            try OpenFile(temporaryPath, .createNew, calls: directory.calls)
        }
        self.id = id
        self.directory = directory
        self.temporaryPath = temporaryPath
    }

    deinit {
        // What cannot be removed now is removed at the next opening.
        if !isCommitted { try? directory.calls.remove(temporaryPath) }
    }

    /// Adds `bytes` at the end.
    public func append(_ bytes: [UInt8]) throws(SteleError) {
        precondition(!isCommitted, "the blob is finished")
        try failStop.guarding { () throws(SteleError) in
            try doing("writing a blob") { () throws(SystemError) in try file.write(bytes, at: byteCount) }
            byteCount += bytes.count
        }
    }

    /// Makes the blob durable under its id.
    public func commit() throws(SteleError) {
        precondition(!isCommitted, "the blob is finished")
        try failStop.guarding { () throws(SteleError) in
            let calls = directory.calls
            let location = directory.location(of: id)
            let folder = Directory.parent(of: location)
            try doing("syncing a blob") { () throws(SystemError) in
                try file.sync()
                try Directory.makeAll(folder, calls: calls)
            }
            try directory.failpoints?.reach(.blobRenameBefore)
            try doing("naming a blob") { () throws(SystemError) in try calls.rename(temporaryPath, to: location) }
            isCommitted = true
            try directory.failpoints?.reach(.blobRenameAfter)
            try doing("syncing a blob's folder") { () throws(SystemError) in
                try Directory.sync(folder, calls: calls)
            }
        }
    }
}
