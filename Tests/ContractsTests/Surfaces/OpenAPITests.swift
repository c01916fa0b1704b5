// ContractsTests · the OpenAPI entries describe exactly what the route accepts.
import Contracts
import JSON
import SteleTesting
import Testing

@Suite struct OpenAPITests {
    @Test(arguments: CallSurfaceTests.calls.indices)
    func schemaAcceptsWhatTheCallAccepts(index: Int) throws {
        let call = CallSurfaceTests.calls[index]
        var generator = ArgumentGenerator(seed: 2000 + UInt64(index))
        for _ in 0..<5 {
            let json = try call.json(ofArguments: generator.arguments(of: call))
            #expect(Schema.accepts(json, call.argumentSchema))
        }
        #expect(!Schema.accepts(["unknown": 1], call.argumentSchema))
    }

    @Test func pathsAreMadeOfTheName() {
        #expect(Contract.call(named: "records.anchor")?.path == "/contracts/v1/records/anchor")
        #expect(Set(CallSurfaceTests.calls.map(\.path)).count == CallSurfaceTests.calls.count)
    }
}

/// As much of JSON Schema as the entries use.
private enum Schema {
    static func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        if case .array(let options)? = schema["oneOf"], options.filter({ accepts(value, $0) }).count != 1 {
            return false
        }
        if case .array(let allowed)? = schema["enum"], !allowed.contains(value) { return false }
        switch (schema["type"], value) {
        case (nil, .array(let elements)): return counts(elements, schema)
        case (nil, _): return schema["oneOf"] != nil
        case ("string", .string(let text)):
            guard case .string(let pattern)? = schema["pattern"] else { return true }
            return (try? Regex(pattern).wholeMatch(in: text)) != nil
        case ("integer", .number(let text)):
            guard let number = UInt64(text) else { return false }
            return number >= bound(schema["minimum"]) ?? 0 && number <= bound(schema["maximum"]) ?? .max
        case ("boolean", .bool): return true
        case ("array", .array(let elements)):
            return counts(elements, schema) && elements.allSatisfy { accepts($0, schema["items"] ?? .null) }
        case ("object", .object(let members)):
            guard case .array(let required)? = schema["required"] else { return false }
            return required.allSatisfy { name in members.contains { .string($0.key) == name } }
                && members.allSatisfy { member in
                    schema["properties"]?[member.key].map { accepts(member.value, $0) } ?? false
                }
        default: return false
        }
    }

    private static func counts(_ elements: [JSONValue], _ schema: JSONValue) -> Bool {
        elements.count >= Int(bound(schema["minItems"]) ?? 0)
            && elements.count <= Int(clamping: bound(schema["maxItems"]) ?? .max)
            && (schema["uniqueItems"] != true || Set(elements).count == elements.count)
    }

    private static func bound(_ value: JSONValue?) -> UInt64? {
        guard case .number(let text)? = value else { return nil }
        return UInt64(text)
    }
}
