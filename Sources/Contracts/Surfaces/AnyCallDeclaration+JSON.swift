// Contracts · a call's arguments and result as JSON: what the REST route speaks.
public import JSON
public import Primitives

extension ErrorCode {
    /// A result that is not what its call declares.
    public static let contractResult = ErrorCode("contract.result")
}

extension AnyCallDeclaration {
    /// The CBOR arguments that the object `json` spells.
    ///
    /// Bytes are hexadecimal, times RFC 3339 text or seconds, choices and flags names; tokens may come in any order.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func arguments(from json: JSONValue) throws(SteleError) -> [UInt8] {
        var writer = CBORWriter(capacity: 512)
        do {
            try FieldType.encode(arguments, from: json, into: &writer)
        } catch {
            throw error.asArgumentError(of: name)
        }
        // The rules between fields are in the typed call alone.
        try check(arguments: writer.bytes)
        return writer.bytes
    }

    /// The subject that `arguments` are about; nil if calls of this kind are about none.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func subject(ofArguments arguments: [UInt8]) throws(SteleError) -> SubjectID? {
        guard case .string(let text)? = try json(ofArguments: arguments)["subject"] else { return nil }
        return SubjectID(hex: text)
    }

    /// The object that spells `arguments`.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func json(ofArguments arguments: [UInt8]) throws(SteleError) -> JSONValue {
        try check(arguments: arguments)
        do throws(CBORError) {
            var reader = CBORReader(arguments)
            return try FieldType.json(of: self.arguments, from: &reader)
        } catch {
            throw error.asSteleError
        }
    }

    /// The object that spells the result of an applied call.
    /// - Throws: ``SteleError`` with code `contract.result`.
    public func json(ofResult result: [UInt8]) throws(SteleError) -> JSONValue {
        do throws(FieldFault) {
            try check(result: result)
            do throws(CBORError) {
                var reader = CBORReader(result)
                return try FieldType.json(of: self.result, from: &reader)
            } catch {
                throw FieldFault(error)
            }
        } catch {
            throw SteleError(
                .contractResult, "the result of \(name) is not what the call declares: \(error.phrase)",
                hint: "check that it belongs to this call and was applied, and that this program is not older")
        }
    }
}
