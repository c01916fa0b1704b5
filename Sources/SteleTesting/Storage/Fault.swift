// SteleTesting · which operation fails, and how.

/// One planned failure of a counted operation.
public struct Fault: Hashable, Sendable {
    /// Whether the operation has done its work when it fails.
    public enum Moment: Hashable, Sendable, CaseIterable {
        /// Nothing was done.
        case before
        /// Everything was done, and failure is reported all the same.
        case after
    }

    /// The number of the operation that fails, counted from 1.
    public var operation: Int
    /// Whether it fails before or after its work.
    public var moment: Moment
    /// Whether every later operation fails too, without doing its work.
    public var isSticky: Bool

    /// A failure of operation number `operation`.
    public init(operation: Int, moment: Moment = .before, isSticky: Bool = false) {
        self.operation = operation
        self.moment = moment
        self.isSticky = isSticky
    }

    /// When operation `number` fails, if it does.
    func moment(at number: Int) -> Moment? {
        if number == operation { return moment }
        return isSticky && number > operation ? .before : nil
    }
}
