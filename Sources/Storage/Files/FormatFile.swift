// Storage · the file that says which format a data directory has.
public import Primitives

/// `FORMAT`: the one line `stele <major>`, a decimal number from 1, ended by a newline.
///
/// It is the first file of a data directory to be written and the first to be read. A program opens only its own major
/// format: a later one may hold what it would misread, an earlier one is upgraded by a named step.
public enum FormatFile {
    /// The name inside the data directory.
    public static let name = "FORMAT"

    /// Marks the folder as holding format `major`.
    public static func write(
        major: Int, in directory: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        try AtomicFile("\(directory)/\(name)", calls: calls).write(Array("stele \(major)\n".utf8))
    }

    /// The format of the folder, or `nil` when it has no `FORMAT` file.
    /// - Throws: `store.corrupt` when the file does not have the shape above.
    public static func read(
        in directory: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> Int? {
        guard let bytes = try AtomicFile("\(directory)/\(name)", calls: calls).read() else { return nil }
        let prefix = Array("stele ".utf8)
        let digits = bytes.dropFirst(prefix.count).dropLast()
        guard bytes.starts(with: prefix), bytes.last == UInt8(ascii: "\n"), (1...9).contains(digits.count),
            digits.first != UInt8(ascii: "0"), digits.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw SteleError(
                .storeCorrupt, "the FORMAT file of the data directory is not one of Stele's",
                hint: "check the path given as --data; restore FORMAT from a backup if the path is right")
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Refuses the folder unless it has format `major`.
    /// - Throws: `store.newer`, `store.older` or `store.corrupt`; the last also when there is no `FORMAT` file.
    public static func check(
        major: Int, in directory: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        guard let found = try read(in: directory, calls: calls) else {
            throw SteleError(
                .storeCorrupt, "the folder has no FORMAT file, so it is not a data directory",
                hint: "check the path given as --data, or create a store with `stele init`")
        }
        if found > major {
            throw SteleError(
                .storeNewer, "the data directory has format \(found); this program knows up to \(major)",
                hint: "run the version of stele that wrote it, or a later one")
        }
        if found < major {
            throw SteleError(
                .storeOlder, "the data directory has format \(found); this program needs \(major)",
                hint: "run stele upgrade, which says whether steps lead to it, and takes them")
        }
    }
}
