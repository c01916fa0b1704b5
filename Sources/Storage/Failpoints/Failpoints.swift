// Storage · named places where a test makes the process fail.
import Glibc
public import Primitives
import Synchronization

/// A place in the code, before or after a durable step, such as `store.write.before`.
public struct Failpoint: Hashable, Sendable {
    /// The name as given on a command line.
    public let name: String
    /// The place called `name`.
    public init(_ name: String) { self.name = name }

    /// A batch is about to be handed to the database.
    public static let storeWriteBefore = Failpoint("store.write.before")
    /// A batch was written, and synced if that was asked for.
    public static let storeWriteAfter = Failpoint("store.write.after")
    /// A sign-state slot is about to be written.
    public static let slotWriteBefore = Failpoint("slot.write.before")
    /// A sign-state slot was written and is not yet synced.
    public static let slotSyncBefore = Failpoint("slot.sync.before")
    /// A sign-state slot was synced.
    public static let slotSyncAfter = Failpoint("slot.sync.after")
    /// A blob was synced under its temporary name.
    public static let blobRenameBefore = Failpoint("blob.rename.before")
    /// A blob has its final name, which is not yet synced.
    public static let blobRenameAfter = Failpoint("blob.rename.after")
}

/// What to do at which failpoint. Shared by the parts of one node; a node in service has none.
public final class Failpoints: Sendable {
    /// What happens when a failpoint is reached.
    public enum Action: Hashable, Sendable {
        /// The process ends at once with status 137, as after `kill -9`.
        case exit
        /// The thread sleeps.
        case sleep(milliseconds: Int)
        /// `storage.io` is thrown.
        case fail
    }

    private struct Plan {
        var action: Action
        var arrivalsUntilAction: Int
    }
    private let plans = Mutex<[Failpoint: Plan]>([:])  // What is still to happen.

    /// No plan yet.
    public init() {}

    /// Plans from `name=action[@n]`, separated by commas; `action` is `exit`, `sleep:<milliseconds>` or `fail`, and `n`
    /// says at which arrival, 1 when left out. `nil` when the text does not have that shape.
    public convenience init?(parsing text: String) {
        self.init()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { return nil }
            let words = sides[1].split(separator: "@", omittingEmptySubsequences: false)
            guard (1...2).contains(words.count), let action = Action(parsing: words[0]),
                let arrival = words.count == 2 ? Int(words[1]) : 1, arrival >= 1
            else { return nil }
            set(Failpoint(String(sides[0])), action, atArrival: arrival)
        }
    }

    /// Plans `action` for the `arrival`th time from now, counted from 1, that `point` is reached; it happens once.
    public func set(_ point: Failpoint, _ action: Action, atArrival arrival: Int = 1) {
        plans.withLock { $0[point] = Plan(action: action, arrivalsUntilAction: arrival) }
    }

    /// Called by the code at `point`; does what was planned.
    public func reach(_ point: Failpoint) throws(SteleError) {
        let action: Action? = plans.withLock { plans in
            guard var plan = plans[point] else { return nil }
            plan.arrivalsUntilAction -= 1
            plans[point] = plan.arrivalsUntilAction == 0 ? nil : plan
            return plan.arrivalsUntilAction == 0 ? plan.action : nil
        }
        switch action {
        case nil: return
        case .exit: _exit(137)
        case .sleep(let milliseconds): usleep(UInt32(milliseconds) * 1000)
        case .fail:
            throw SteleError(
                .storageIO, "failpoint \(point.name) was set to fail", hint: "remove the failpoint and restart")
        }
    }
}

extension Failpoints.Action {
    fileprivate init?(parsing text: Substring) {
        if text == "exit" {
            self = .exit
        } else if text == "fail" {
            self = .fail
        } else if text.hasPrefix("sleep:"), let milliseconds = Int(text.dropFirst(6)),
            (0...60_000).contains(milliseconds)
        {
            self = .sleep(milliseconds: milliseconds)
        } else {
            return nil
        }
    }
}
