// SteleCommand · one step from a store format to the next. Source: `docs/operate/upgrade.md`.
internal import Primitives

/// Turns a data directory of one format into the next one.
///
/// A step is written together with the change of the format, and stays: a directory of any listed format reaches the
/// newest by taking every step in between. It may be broken off anywhere, by a crash or a fault of the disk, and is
/// then run again from its beginning on whatever it left, even if that is all it does: so it reads what is there, skips
/// what is done, and makes each piece durable before it removes what the piece was made from. No other process has the
/// directory meanwhile.
struct UpgradeStep: Sendable {
    /// The format it begins with; it ends with the next.
    let from: Int
    /// What it changes, one sentence for whoever waits.
    let meaning: String
    /// Does it. Calls the last argument with how far it is, in thousandths.
    let run: @Sendable (Configuration, DataDirectory, (Int) -> Void) throws(SteleError) -> Void

    /// Every step, the oldest first.
    ///
    /// None leads from formats 1 and 2, of before anything was released: under the first, state trees and search facts
    /// lie in different ways, and nothing in them says which; under the second the headers certify rows of grants that
    /// say less than today's, and nobody can sign those headers again. From the first release on the number tells.
    static let all: [UpgradeStep] = []
}
