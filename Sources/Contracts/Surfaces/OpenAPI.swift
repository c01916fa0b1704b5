// Contracts · each call as the OpenAPI 3.1 document has it: its path and its schemas.
public import JSON
internal import Primitives

extension AnyCallDeclaration {
    /// The path of the call's REST route.
    public var path: String { "/contracts/v1/\(contractName)/\(callName)" }

    /// The JSON Schema of the arguments.
    public var argumentSchema: JSONValue { FieldType.record(arguments).schema }

    /// The JSON Schema of the result.
    public var resultSchema: JSONValue { FieldType.record(result).schema }
}

extension FieldType {
    /// The type as JSON Schema 2020-12, which OpenAPI 3.1 uses.
    var schema: JSONValue {
        switch self {
        case .bytes(let count):
            return ["type": "string", "pattern": .string("^[0-9a-fA-F]{\(2 * count)}$")]
        case .tokens:
            return [
                "type": "array", "items": FieldType.bytes(count: 32).schema, "uniqueItems": true,
                "oneOf": .array(
                    TokenSet.counts.map { count in
                        ["minItems": .number(String(count)), "maxItems": .number(String(count))]
                    }),
            ]
        case .integer(let limits):
            return [
                "type": "integer", "minimum": .number(String(limits.lowerBound)),
                "maximum": .number(String(limits.upperBound)),
            ]
        case .time:
            return [
                "oneOf": [
                    ["type": "string", "format": "date-time"],
                    ["type": "integer", "minimum": 0, "maximum": .number(String(UnixSeconds.max.seconds))],
                ]
            ]
        case .choice(let members): return ["type": "string", "enum": .array(members.map { .string($0.name) })]
        case .flags(let members, let isEmptyAllowed):
            return [
                "type": "array", "items": FieldType.choice(members).schema, "uniqueItems": true,
                "minItems": isEmptyAllowed ? 0 : 1,
            ]
        case .marker: return ["type": "boolean"]
        case .name: return ["type": "string", "pattern": "^[a-z0-9.-]{1,64}$"]
        case .profiles:
            return [
                "type": "array", "items": ProfileNumber.type(within: NoLimits()).schema, "uniqueItems": true,
            ]
        case .list(let type, let counts):
            return [
                "type": "array", "items": type.schema, "minItems": .number(String(counts.lowerBound)),
                "maxItems": .number(String(counts.upperBound)),
            ]
        case .record(let fields):
            let required = fields.filter { !$0.isOptional }.map { JSONValue.string($0.name) }
            return [
                "type": "object", "additionalProperties": false, "required": .array(required),
                "properties": .object(fields.map { JSONValue.Member($0.name, $0.describedSchema) }),
            ]
        }
    }
}

extension FieldDescriptor {
    /// The schema of the field with its summary.
    fileprivate var describedSchema: JSONValue {
        guard case .object(let members) = type.schema else { return type.schema }
        return .object([JSONValue.Member("description", .string(summary))] + members)
    }
}
