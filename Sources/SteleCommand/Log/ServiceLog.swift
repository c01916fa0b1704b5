// SteleCommand · where a node's events go.
internal import Foundation
internal import Primitives
internal import Storage
internal import Synchronization

/// The log of a node: one line an event, on standard error or in a file.
///
/// A program that reads it gets JSON, a person at a terminal gets text. A line that the file does not take, because the
/// disk is full, goes to standard error: a log that fails stops nothing.
final class ServiceLog: Sendable {
    private let terminal: Terminal
    private let time: any TimeSource
    private let file = Mutex<RotatedFile?>(nil)  // Set once, when the configuration is known.
    private let faults = Mutex(FaultCounter())  // Held for one count.

    /// A log on the standard error of `terminal`.
    init(_ terminal: Terminal, time: any TimeSource) {
        self.terminal = terminal
        self.time = time
    }

    /// Whether programs read the events on standard error.
    var isOnStandardError: Bool { !terminal.hasPerson && file.withLock { $0 == nil } }

    /// Goes on in the file that `configuration` names, if it names one.
    /// - Throws: `storage.io` or `storage.full`.
    func open(_ configuration: Configuration) throws(SteleError) {
        guard let path = configuration.logFile else { return }
        let opened = try RotatedFile(
            configuration.resolve(path), byteCountMax: configuration.logByteCountMax,
            keptCount: configuration.logKeptCount)
        file.withLock { $0 = opened }
    }

    /// Adds one line. After this returns, a crash of the process does not lose it; a loss of power may.
    func write(_ event: LogEvent) {
        let line = event.json(at: time.now())
        if let file = file.withLock({ $0 }) {
            if (try? file.write(line)) != nil { return }
        } else if terminal.hasPerson {
            return event.name.isSaidByTheVerb ? () : terminal.note(event.text)
        }
        terminal.note(String(decoding: line, as: UTF8.self))
    }

    /// Tells of a fault, unless one of its code was told less than a second ago: then it is only counted.
    func fault(_ error: SteleError) {
        guard let untold = faults.withLock({ $0.count(error.code, at: time.now()) }) else { return }
        write(.fault(error, untoldCount: untold))
    }

    /// Opens the file by its name again, after another program has moved it.
    func reopen() {
        guard let file = file.withLock({ $0 }) else { return }
        do {
            try file.reopen()
            write(.logReopened)
        } catch {
            fault(error)
        }
    }

    /// Reopens at each SIGHUP until the source is cancelled; nil at a terminal, which ends its programs with it.
    func reopeningAtHangUp() -> (any DispatchSourceSignal)? {
        guard !terminal.hasPerson || file.withLock({ $0 != nil }) else { return nil }
        let source = DispatchSource.makeSignalSource(signal: SIGHUP)
        source.setEventHandler { self.reopen() }
        source.resume()
        return source
    }
}

extension LogEvent.Name {
    /// Whether `stele serve` says the same to a person in words of its own.
    fileprivate var isSaidByTheVerb: Bool { [.starting, .listening, .failed].contains(self) }
}

/// Keeps one fault that comes a thousand times a second from filling the disk.
struct FaultCounter {
    /// How long nothing more is told of a code, in milliseconds.
    static let silenceMs: UInt64 = 1000

    private var told: [ErrorCode: (time: Timestamp, untoldCount: Int)] = [:]

    /// Counts one fault: nil if it is not to be told, else how many were not since the last that was.
    mutating func count(_ code: ErrorCode, at now: Timestamp) -> Int? {
        guard let last = told[code] else {
            told[code] = (now, 0)
            return 0
        }
        // A clock that was set back tells too much rather than nothing.
        guard now < last.time || now.milliseconds - last.time.milliseconds >= Self.silenceMs else {
            told[code] = (last.time, last.untoldCount + 1)
            return nil
        }
        told[code] = (now, 0)
        return last.untoldCount
    }
}
