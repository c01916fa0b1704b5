// FHIRTests · what is accepted as a resource, and that its text is kept.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct ResourceTests {
    @Test func keepsTheTextByteForByte() throws {
        let text =
            "\n { \"resourceType\" :\"Observation\",\t\"id\":\"a-1.B\" , \"valueQuantity\":{\"value\":1.50e0} }\r\n"
        let resource = try Resource(text)
        #expect(resource.text == text)
        #expect(resource.type == .observation && resource.id == "a-1.B")
        #expect(resource.reference?.text == "Observation/a-1.B")
        #expect(resource.node["valueQuantity"]?["value"]?.numberText == "1.50e0")
        #expect(resource.lastUpdated == nil)
    }

    @Test func knowsEveryTypeOfR4AndNoOther() {
        #expect(ResourceType.allCases.count == 146)
        for type in ResourceType.allCases {
            #expect(refusal(of: #"{"resourceType":"\#(type.name)"}"#) == nil)
        }
        for name in ["patient", "Resource", "DomainResource", "", "Citation", "Patient "] {
            #expect(refusal(of: #"{"resourceType":"\#(name)"}"#) == .resourceTypeUnknown)
        }
        #expect(refusal(of: #"{"resourceType":7}"#) == .resourceTypeUnknown)
        #expect(refusal(of: #"{"id":"x"}"#) == .resourceTypeUnknown)
        #expect(refusal(of: "[]") == .resourceMalformed)
        #expect(refusal(of: #"{"resourceType":"Bundle","resourceType":"Patient"}"#) == .jsonDuplicateKey)
        #expect(refusal(of: #"{"resourceType":"Patient""#) == .jsonMalformed)
    }

    @Test func acceptsIDsOfR4Only() {
        let accepted = ["a", "A-1.z", String(repeating: "x", count: 64), ".", "-", "0"]
        let refused = [String(repeating: "x", count: 65), "a b", "a/b", "ä", "a_b", "a\\n", "../x"]
        for id in accepted { #expect(refusal(of: #"{"resourceType":"Patient","id":"\#(id)"}"#) == nil, "\(id)") }
        for id in refused { #expect(refusal(of: #"{"resourceType":"Patient","id":"\#(id)"}"#) == .resourceIDInvalid) }
        for id in ["1", "null", "[]", "{}", #""""#] {
            #expect(refusal(of: #"{"resourceType":"Patient","id":\#(id)}"#) == .resourceIDInvalid, "\(id)")
        }
    }

    @Test func refusesWhatFHIRForbids() {
        let refused = [
            #""x":null"#, #""x":{}"#, #""x":[]"#, #""x":"""#, #""x":[[1]]"#, #""x":[{}]"#, #""x":[""]"#, #""x":[null]"#,
            #""x":{"y":{"z":null}}"#, #""x":["a",null],"_x":[null]"#, #""x":["a",null],"_x":[null,null]"#,
            #""x":["a",null],"_x":[{"id":"1"},null]"#, #""meta":"x""#, #""meta":{"security":{"code":"R"}}"#,
            #""meta":{"security":["R"]}"#, #""meta":{"security":[{"code":7}]}"#, #""meta":{"tag":[7]}"#,
            #""meta":{"lastUpdated":7}"#, #""identifier":"x""#, #""identifier":[{"value":7}]"#,
            #""identifier":{"system":true}"#, #""code":{"coding":{"code":"x"}}"#, #""code":{"coding":["x"]}"#,
            #""a":[{"b":{"coding":[{"code":7}]}}]"#, #""code":{"coding":[{"system":["x"],"code":"x"}]}"#,
            #""contained":[{"id":"x"}]"#, #""contained":[{"resourceType":"Nothing"}]"#,
        ]
        for member in refused {
            let code = refusal(of: #"{"resourceType":"Observation",\#(member)}"#)
            #expect(code == .resourceMalformed || code == .resourceTypeUnknown, "\(member)")
        }
        let accepted = [
            #""x":["a",null],"_x":[null,{"id":"1"}]"#, #""_x":{"id":"1"}"#, #""x":[1,true,"a"]"#,
            #""meta":{"security":[{"system":"s","code":"R","display":"d"}],"tag":[{"code":"t"}]}"#,
            #""identifier":{"system":"s","value":"v"}"#, #""identifier":[{"value":"v"}]"#,
            #""contained":[{"resourceType":"Patient","id":"p"}]"#, #""x":" ""#,
        ]
        for member in accepted {
            #expect(refusal(of: #"{"resourceType":"Observation",\#(member)}"#) == nil, "\(member)")
        }
    }

    @Test func neverQuotesContent() {
        let texts = [
            #"{"resourceType":"Patient","id":"Secret Name"}"#, #"{"resourceType":"SecretType"}"#,
            #"{"resourceType":"Patient","Secret":null}"#,
            #"{"resourceType":"Patient","name":[{"family":"Secret","x":{}}]}"#,
        ]
        for text in texts {
            do {
                _ = try Resource(text)
                Issue.record("accepted: \(text)")
            } catch {
                #expect(!"\(error)".lowercased().contains("secret"))
                #expect(!((error as? SteleError)?.hint.isEmpty ?? true))
            }
        }
    }

    @Test func acceptsEveryPublishedExample() throws {
        let names = try SharedData.names(in: SharedData.examples)
        #expect(names.count > 400)
        var types: Set<ResourceType> = []
        for name in names {
            let bytes = try SharedData.bytes(SharedData.examples + "/" + name)
            let resource = try Resource(parsing: bytes)
            #expect(resource.bytes == bytes)
            #expect(name.hasPrefix(resource.type.name))
            types.insert(resource.type)
            let labels = try Labels.labels(of: resource)
            #expect(labels.first == .type(resource.type.name) && labels.last == .all)
            #expect(labels.count <= Labels.countMax && Set(labels).count == labels.count)
            #expect(try SearchFacts(of: resource).isReadable(as: resource.type))
        }
        #expect(types.count > 90)
    }
}
