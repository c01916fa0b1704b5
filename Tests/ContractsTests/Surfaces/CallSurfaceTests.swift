// ContractsTests · JSON, command line and CBOR say the same of every call.
import Contracts
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct CallSurfaceTests {
    static let calls = Contract.all.flatMap(\.calls)

    @Test(arguments: calls.indices)
    func jsonAndCBORSayTheSame(index: Int) throws {
        let call = Self.calls[index]
        var generator = ArgumentGenerator(seed: UInt64(index))
        for _ in 0..<30 {
            let arguments = generator.arguments(of: call)
            let json = try call.json(ofArguments: arguments)
            #expect(try call.arguments(from: json) == arguments)
            // Through text, as a client sends it.
            let parsed = JSONValue(try JSONDocument(parsing: json.serialized()).root)
            #expect(try call.arguments(from: parsed) == arguments)
        }
    }

    @Test(arguments: calls.indices)
    func optionsAndCBORSayTheSame(index: Int) throws {
        let call = Self.calls[index]
        var generator = ArgumentGenerator(seed: 1000 + UInt64(index))
        for _ in 0..<10 {
            let arguments = generator.arguments(of: call)
            guard case .object(let members) = try call.json(ofArguments: arguments) else {
                Issue.record("arguments are an object")
                return
            }
            let options = members.map { member in
                (option: String(member.key.map { $0 == "_" ? "-" : $0 }), value: Self.option(member.value))
            }
            #expect(try call.arguments(from: options.shuffled()) == arguments)
        }
    }

    /// `value` as it is written on a command line.
    static func option(_ value: JSONValue) -> String {
        switch value {
        case .string(let text), .number(let text): return text
        case .bool: return ""
        case .array(let elements):
            if elements.contains(where: { if case .object = $0 { true } else { false } }) { fallthrough }
            return elements.map(option).joined(separator: ",")
        default: return String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    @Test func tokensComeInAnyOrderInJSON() throws {
        let call = try #require(Contract.call(named: "records.register_profile"))
        var generator = ArgumentGenerator(seed: 5)
        let arguments = generator.arguments(of: call)
        guard case .object(var members) = try call.json(ofArguments: arguments),
            let place = members.firstIndex(where: { $0.key == "classes" }),
            case .array(let tokens) = members[place].value
        else {
            Issue.record("classes are an array")
            return
        }
        members[place].value = .array(tokens.reversed())
        #expect(try call.arguments(from: .object(members)) == arguments)
        members[place].value = .array(tokens + [tokens[0]])
        #expect(throws: SteleError.self) { try call.arguments(from: .object(members)) }
    }

    @Test(arguments: [
        #"[]"#, #"{}"#, #"{"subject":1}"#, #"{"subject":"00"}"#, #"{"subject":null,"delegate":null}"#,
        #"{"subject":"S","delegate":"S","extra":1}"#, #"{"subject":"S","delegate":"zz"}"#,
    ])
    func refusesOtherObjects(text: String) throws {
        let call = try #require(Contract.call(named: "consent.revoke_delegate"))
        let text = String(text.flatMap { $0 == "S" ? Array(String(repeating: "ab", count: 32)) : [$0] })
        let json = JSONValue(try JSONDocument(parsing: Array(text.utf8)).root)
        let error = #expect(throws: SteleError.self) { try call.arguments(from: json) }
        #expect(error?.code == .contractArguments)
        #expect(error?.message.contains("extra") == false)
    }

    @Test func refusesOptionsThatAreUnknownOrRepeated() throws {
        let call = try #require(Contract.call(named: "identity.revoke"))
        let id = String(repeating: "ab", count: 32)
        #expect(
            try call.arguments(from: [("actor", id)]) == IdentityRevoke(actor: Bytes32(hex: id)!).encodedArguments())
        #expect(throws: SteleError.self) { try call.arguments(from: [("actor", id), ("actor", id)]) }
        #expect(throws: SteleError.self) { try call.arguments(from: [("actor", id), ("other", id)]) }
        #expect(throws: SteleError.self) { try call.arguments(from: [(option: String, value: String)]()) }
        #expect(throws: SteleError.self) { try call.arguments(from: [("actor", "[not json")]) }
        let option = try #require(call.options.first)
        #expect(call.options.count == 1 && option.name == "actor" && option.placeholder == "HEX" && option.isRequired)
    }

    @Test func timesAreTextOrSeconds() throws {
        let call = try #require(Contract.call(named: "consent.register_delegate"))
        let id = String(repeating: "ab", count: 32)
        func arguments(_ time: JSONValue) throws -> [UInt8] {
            try call.arguments(from: [
                "subject": .string(id), "delegate": .string(id), "kind": "proxy", "not_after": time,
            ])
        }
        #expect(try arguments("2026-01-31T09:30:00Z") == arguments(1_769_851_800))
        #expect(throws: SteleError.self) { try arguments("yesterday") }
        #expect(throws: SteleError.self) { try arguments(.number("1.5")) }
        #expect(throws: SteleError.self) { try arguments(.number("253402300800")) }
    }

    @Test func resultsBecomeJSON() throws {
        let call = try #require(Contract.call(named: "access.request"))
        var result = AccessRequest.Result()
        result.permitted = ProfileSet(0, 2)
        result.permits = [
            PermitCitation(grant: .zero, profiles: ProfileSet(0, 2), obligations: [.noReuse, .privacyMark])
        ]
        let json = try call.json(ofResult: result.encoded())
        #expect(json["permitted"] == [0, 2])
        #expect(
            json["permits"] == [
                [
                    "grant": .string(Digest.zero.hex), "profiles": [0, 2], "obligations": ["no_reuse", "privacy_mark"],
                ]
            ])
        let error = #expect(throws: SteleError.self) { try call.json(ofResult: [0xa0]) }
        #expect(error?.code == .contractResult)
    }
}
