// Storage · what is checked in a store's folder before RocksDB opens it, because RocksDB would not.
import Primitives

/// The files of one RocksDB store, seen from outside.
///
/// RocksDB 7.8 starts an empty store when `CURRENT` is missing, and takes a `MANIFEST` whose end is missing or has a
/// damaged size for one that was being written: both lose synced data without a word. After an orderly stop the file
/// `STOPPED` lists the size of every file, one `<size> <name>` a line, so that anything missing or cut later is
/// noticed.
struct StoreFolder {
    let path: String
    let calls: any SystemCalls
    private static let stoppedName = "STOPPED"

    init(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) {
        self.path = path
        self.calls = calls
    }

    /// Refuses a folder whose files are not as they were left. Removes `STOPPED`, since from now on they change.
    func prepareToOpen(createsIfMissing: Bool) throws(SteleError) {
        let names = try names()
        guard names.contains("CURRENT") else {
            // A crash while the store was first made may leave a `MANIFEST` and an empty log.
            for name in names {
                let isEmptyLog = name.hasSuffix(".log") ? try byteCount(of: name) == 0 : false
                if isData(name), !isEmptyLog, !name.hasPrefix("MANIFEST-") {
                    throw corrupt("the store's folder has data but no CURRENT file")
                }
            }
            guard createsIfMissing else {
                throw SteleError(.storageIO, "there is no store in this folder", hint: "check the path given as --data")
            }
            return
        }
        let stopped = AtomicFile("\(path)/\(Self.stoppedName)", calls: calls)
        let listed = try stopped.read()
        if let listed { try checkSizes(listed, names) }
        try checkManifest()
        if listed != nil { try stopped.remove() }
    }

    /// Writes `STOPPED`; nothing may change the folder afterwards.
    func recordStop() throws(SteleError) {
        var text = ""
        for name in try names() where isData(name) { text += "\(try byteCount(of: name)) \(name)\n" }
        try AtomicFile("\(path)/\(Self.stoppedName)", calls: calls).write(Array(text.utf8))
    }

    /// Cuts a write that was cut short off the newest log; `nil`, with nothing changed, when that is not what is wrong.
    ///
    /// The bytes are not kept: they may hold what is erased later.
    func cutLog() throws(SteleError) -> Int? {
        let logs = try names().compactMap { name in
            name.hasSuffix(".log") ? Int(name.dropLast(4)).map { (number: $0, name: name) } : nil
        }
        guard let newest = logs.max(by: { $0.number < $1.number }) else { return nil }
        return try doing("reading the log") { () throws(SystemError) in
            let file = try OpenFile("\(path)/\(newest.name)", .update, calls: calls)
            let bytes = try file.readAll()
            guard case .cutShort(let start) = LogEnding(of: bytes) else { return nil }
            try file.truncate(byteCount: start)
            try file.sync()
            return bytes.count - start
        }
    }

    /// The size of all files together.
    func byteCount() throws(SteleError) -> Int {
        var total = 0
        // A file may go away meanwhile, when a compaction ends.
        for name in try names() { total += (try? byteCount(of: name)) ?? 0 }
        return total
    }
}

// MARK: - Checks
extension StoreFolder {
    private func checkSizes(_ listed: [UInt8], _ names: [String]) throws(SteleError) {
        for line in listed.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let size = Int(words[0]) else { throw corrupt("the file STOPPED is damaged") }
            let name = String(words[1])
            guard names.contains(name), try byteCount(of: name) == size else {
                throw corrupt("a file is missing or has another size than when the store was stopped")
            }
        }
    }

    private func checkManifest() throws(SteleError) {
        let name = try read("CURRENT")
        guard name.last == UInt8(ascii: "\n"), name.starts(with: "MANIFEST-".utf8) else {
            throw corrupt("the file CURRENT is damaged")
        }
        if LogEnding(of: try read(String(decoding: name.dropLast(), as: UTF8.self))) == .damaged {
            throw corrupt("the list of the store's files is damaged")
        }
    }

    private func isData(_ name: String) -> Bool {
        name.hasSuffix(".sst") || name.hasSuffix(".log") || name.hasPrefix("MANIFEST-")
    }

    private func names() throws(SteleError) -> [String] {
        try doing("listing the store's folder") { () throws(SystemError) in
            try calls.exists(path) ? calls.names(in: path) : []
        }
    }

    private func read(_ name: String) throws(SteleError) -> [UInt8] {
        guard let bytes = try AtomicFile("\(path)/\(name)", calls: calls).read() else {
            throw corrupt("a file of the store is missing")
        }
        return bytes
    }

    private func byteCount(of name: String) throws(SteleError) -> Int {
        try doing("measuring a file") { () throws(SystemError) in
            try OpenFile("\(path)/\(name)", .read, calls: calls).byteCount()
        }
    }

    private func corrupt(_ message: String) -> SteleError {
        SteleError(
            .storageCorrupt, message,
            hint: "restore this node from its peers or from a backup; run `stele inspect --deep`")
    }
}
