// SteleCommand · tells the demonstration, on the terminal and in its log.
internal import Primitives
internal import Storage
internal import Synchronization

/// Says what happens as it happens, and keeps every line for `story.log`.
final class Narrator: Sendable {
    private struct Told {
        var lines: [String] = []
        var chapterCount = 0
    }
    private let told = Mutex(Told())  // Held to add or copy.
    private let terminal: Terminal
    private let start = ContinuousClock.now

    init(_ terminal: Terminal) { self.terminal = terminal }

    /// Begins a chapter.
    func chapter(_ title: String) {
        let number = told.withLock { told in
            told.chapterCount += 1
            return told.chapterCount
        }
        say("")
        say("\(number). \(title)")
    }

    /// A sentence of the chapter.
    func tell(_ sentence: String) { say(sentence, first: "   ", further: "   ", width: 97) }

    /// Something quoted: an answer, a line of a log.
    func quote(_ text: String) { say(text, first: "   | ", further: "   |   ", width: 93) }

    /// A command to be pasted: never broken.
    func command(_ text: String) { say("   $ " + text) }

    private func say(_ text: String, first: String, further: String, width: Int) {
        for (index, line) in Self.broken(text, width: width).enumerated() { say((index == 0 ? first : further) + line) }
    }

    private func say(_ line: String) {
        told.withLock { $0.lines.append(line) }
        terminal.line(line)
    }

    /// How long the telling has taken, in seconds.
    var elapsedSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Writes what was told so far.
    func write(to path: String) throws(SteleError) {
        let text = told.withLock { $0.lines.joined(separator: "\n") } + "\n"
        try AtomicFile(path).write(Array(text.utf8))
    }

    /// `text` in lines of at most `width` columns.
    static func broken(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
