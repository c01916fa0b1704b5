// Contracts · what is wrong with one field, and where.
public import Primitives

extension ErrorCode {
    /// Arguments that are not what the call declares.
    public static let contractArguments = ErrorCode("contract.arguments")
    /// A call that no contract declares.
    public static let contractUnknownCall = ErrorCode("contract.unknown_call")
    /// A row of the state that its contract cannot read.
    public static let contractRow = ErrorCode("contract.row")
}

/// One field that does not satisfy its declaration. Names the field, never its value.
public struct FieldFault: Error, Hashable, Sendable {
    /// The ways in which a field can be wrong.
    public enum Problem: Hashable, Sendable {
        /// A required field is absent.
        case missing
        /// A field that the declaration does not have.
        case unknown
        /// A value of another type.
        case type
        /// A number, a length or a count outside its limits.
        case range
        /// Elements that are not in strictly ascending order, or occur twice.
        case order
        /// Bytes that are not the deterministic CBOR expected, for this reason.
        case malformed(CBORError.Reason)
        /// A rule between fields, said in a sentence part.
        case rule(String)
    }

    /// What is wrong.
    public let problem: Problem
    /// The field from the outside in, such as `versions[3].anchor`; empty for the whole.
    public private(set) var path: String
    /// Where, in bytes from the start of the input, if the input was CBOR.
    public let offset: Int?

    /// A fault of the field at `path`.
    public init(_ problem: Problem, path: String = "", offset: Int? = nil) {
        self.problem = problem
        self.path = path
        self.offset = offset
    }

    /// What the strict reader said, in the words of a field.
    init(_ error: CBORError) {
        let problem: Problem =
            switch error.reason {
            case .unexpectedType: .type
            case .outOfRange: .range
            case .keyOrder: .order
            default: .malformed(error.reason)
            }
        self.init(problem, offset: error.offset)
    }

    /// The same fault seen from the record that holds the field `name`.
    func under(_ name: String) -> FieldFault {
        var fault = self
        fault.path = path.isEmpty || path.hasPrefix("[") ? name + path : name + "." + path
        return fault
    }

    /// The same fault seen from the list whose element `index` it is in.
    func at(index: Int) -> FieldFault {
        under("[\(index)]")
    }
}

// MARK: - As a person sees it
extension FieldFault {
    /// What is wrong, as the end of a sentence about the field.
    var phrase: String {
        switch problem {
        case .missing: "is missing"
        case .unknown: "holds a field that is not declared"
        case .type: "has the wrong type"
        case .range: "is outside its limits"
        case .order: "is not in ascending order or names something twice"
        case .malformed(let reason): "is not deterministic CBOR (\(reason.rawValue))"
        case .rule(let sentence): sentence
        }
    }

    /// The fault of arguments given to `call`.
    func asArgumentError(of call: String) -> SteleError {
        let place = offset.map { " (byte \($0))" } ?? ""
        let subject = path.isEmpty ? "the whole" : "`\(path)`"
        return SteleError(
            .contractArguments, "the arguments of \(call) are refused: \(subject) \(phrase)\(place)",
            hint: "compare them with the call's entry in docs/spec/contracts.md")
    }
}
