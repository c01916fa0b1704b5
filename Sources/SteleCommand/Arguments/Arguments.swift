// SteleCommand · the words behind a verb, read strictly.
public import Primitives

extension ErrorCode {
    /// A verb that does not exist, or none at all.
    public static let usageVerb = ErrorCode("usage.verb")
    /// An option the verb does not have, or one that is given twice, or a value where none belongs.
    public static let usageOption = ErrorCode("usage.option")
    /// A value that is missing or does not have the shape it must have.
    public static let usageValue = ErrorCode("usage.value")
    /// Too few or too many words that are no options.
    public static let usageOperands = ErrorCode("usage.operands")
}

/// The options and operands of one call.
///
/// Every option is long, spelled one way and given once; anything unknown is refused with the nearest name, so that a
/// slip never runs something else than was meant. `--` ends the options.
public struct Arguments: Hashable, Sendable {
    /// The words that are no options, in order.
    public let operands: [String]
    private let values: [String: [String]]
    private let declared: Set<String>

    /// Reads `words`, which follow the verb.
    /// - Throws: `usage.option`, `usage.value` or `usage.operands`, with what to write instead.
    public init(parsing words: [String], options: [Option], operands rule: Operands = .none) throws(SteleError) {
        let known = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0) })
        var values: [String: [String]] = [:]
        var operands: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let (name, attached) = try Self.split(word)
            guard let option = known[name] else { throw Self.unknown(name, among: options) }
            guard option.isRepeatable || values[name] == nil else {
                throw SteleError(
                    .usageOption, "the option --\(name) is given twice", hint: "give it once; nothing is overridden")
            }
            values[name, default: []].append(try Self.value(of: option, attached, &rest))
        }
        guard rule.count.contains(operands.count) else {
            throw SteleError(
                .usageOperands,
                operands.count < rule.count.lowerBound ? "\(rule.text) is missing" : "there are too many words",
                hint: rule.count.upperBound == 0
                    ? "write every value behind the option it belongs to" : "write \(rule.text) once, behind the verb")
        }
        self.operands = operands
        self.values = values
        declared = Set(known.keys)
    }

    private static func split(_ word: String) throws(SteleError) -> (name: String, attached: String?) {
        guard word.hasPrefix("--") else {
            throw SteleError(
                .usageOption, "there are no short options, and \(word) is written like one",
                hint: "options are written --name value; --help lists them")
        }
        let body = word.dropFirst(2)
        guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
        return (String(body[..<equals]), String(body[body.index(after: equals)...]))
    }

    private static func unknown(_ name: String, among options: [Option]) -> SteleError {
        let nearest = NearestName.of(name, among: options.map(\.name))
        return SteleError(
            .usageOption, "there is no option --\(name) here",
            hint: nearest.map { "did you mean --\($0)?" } ?? "--help lists the options of this verb")
    }

    private static func value(
        of option: Option, _ attached: String?, _ rest: inout ArraySlice<String>
    ) throws(SteleError) -> String {
        guard let placeholder = option.placeholder else {
            guard attached == nil else {
                throw SteleError(
                    .usageOption, "the option --\(option.name) takes no value", hint: "write --\(option.name) alone")
            }
            return ""
        }
        if let attached { return attached }
        guard let next = rest.first, !next.hasPrefix("--") else {
            throw SteleError(
                .usageValue, "the option --\(option.name) lacks its value",
                hint: "write --\(option.name) \(placeholder), or --\(option.name)=\(placeholder)")
        }
        rest.removeFirst()
        return next
    }
}

// MARK: - Reading
extension Arguments {
    /// Whether `option` is given.
    public func contains(_ option: Option) -> Bool { !all(option).isEmpty }

    /// The value of `option`, or nil when it is not given.
    public func value(_ option: Option) -> String? { all(option).first }

    /// Every value of a repeatable option, in order.
    public func all(_ option: Option) -> [String] {
        precondition(declared.contains(option.name), "a verb reads an option it did not declare")
        return values[option.name] ?? []
    }

    /// The value of an option that the verb cannot do without.
    /// - Throws: `usage.value` when it is not given.
    public func required(_ option: Option) throws(SteleError) -> String {
        guard let value = value(option) else {
            throw SteleError(
                .usageValue, "the option --\(option.name) is missing",
                hint: "add --\(option.name) \(option.placeholder ?? ""): \(option.meaning)")
        }
        return value
    }

    /// The whole number behind `option`, or nil when it is not given.
    /// - Throws: `usage.value` when it is no decimal number in `range`.
    public func integer(_ option: Option, in range: ClosedRange<Int>) throws(SteleError) -> Int? {
        guard let text = value(option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SteleError(
                .usageValue, "the value of --\(option.name) is not a whole number in its range",
                hint: "give a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
