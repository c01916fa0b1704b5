// FHIRTests · bundles taken apart without touching their resources.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct BundleTests {
    static func bundle(_ text: String) throws -> Bundle { try Bundle(parsing: Array(text.utf8)) }

    @Test func splitsSyntheaBundlesIntoExactText() throws {
        for name in try SharedData.names(in: "synthea/plain") {
            let bytes = try SharedData.bytes("synthea/plain/" + name)
            let bundle = try Bundle(parsing: bytes)
            #expect(bundle.entries.count > 50)
            // Entries are disjoint, in order, and each is found verbatim where the last one ended.
            var end = 0
            for (index, entry) in bundle.entries.enumerated() {
                let resource = try #require(entry.resource)
                let range = resource.node.sourceRange
                #expect(range.lowerBound >= end)
                #expect(resource.bytes == Array(bytes[range]))
                #expect(resource.bytes.first == UInt8(ascii: "{") && resource.bytes.last == UInt8(ascii: "}"))
                end = range.upperBound
                #expect(entry.request?.method == .POST && entry.request?.url == resource.type.name)
                let labels = try Labels.labels(of: resource)
                #expect(labels.count <= Labels.countMax)
                // Whose it is: the bundle's one patient, except for resources outside the compartment.
                let subject = bundle.subject(of: index)
                if [.organization, .practitioner, .location, .medication].contains(resource.type) {
                    #expect(subject == nil)
                } else {
                    #expect(subject?.type == .patient, "\(name) \(resource.type)")
                }
            }
            let patients = Set(bundle.entries.indices.compactMap { bundle.subject(of: $0)?.relative })
            #expect(patients.count == 1)
        }
    }

    @Test func readsRequestsOfATransaction() throws {
        let bundle = try Self.bundle(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Basic"},
              "request":{"method":"POST","url":"Basic","ifNoneExist":"a=b"}},
             {"request":{"method":"DELETE","url":"Basic/7","ifMatch":"W/\\"2\\""}}]}
            """)
        #expect(bundle.kind == .transaction)
        #expect(bundle.entries[0].fullURL == "urn:uuid:1")
        #expect(bundle.entries[0].request?.method == .POST && bundle.entries[0].request?.ifNoneExist == "a=b")
        #expect(bundle.entries[1].resource == nil && bundle.entries[1].request?.ifMatch == "W/\"2\"")
    }

    @Test func refusesWhatItCannotTakeApart() {
        let refused: [(String, ErrorCode)] = [
            (#"{"resourceType":"Patient"}"#, .bundleMalformed),
            (#"{"resourceType":"Bundle"}"#, .bundleMalformed),
            (#"{"resourceType":"Bundle","type":"heap"}"#, .bundleMalformed),
            (#"{"resourceType":"Bundle","type":"batch","entry":["x"]}"#, .bundleMalformed),
            (#"{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":7}]}"#, .bundleMalformed),
            (
                #"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"TRACE","url":"x"}}]}"#,
                .bundleMalformed
            ),
            (#"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET"}}]}"#, .bundleMalformed),
            (
                #"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"id":"x"}}]}"#,
                .resourceTypeUnknown
            ),
            (
                #"{"resourceType":"Bundle","type":"transaction","entry":[{"resource":[{"resourceType":"Basic"}]}]}"#,
                .resourceMalformed
            ),
            (
                #"{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"urn:uuid:1"},{"fullUrl":"urn:uuid:1"}]}"#,
                .bundleMalformed
            ),
        ]
        for (text, code) in refused {
            do {
                _ = try Bundle(parsing: Array(text.utf8))
                Issue.record("accepted: \(text)")
            } catch {
                #expect(error.code == code, "\(text)")
            }
        }
    }

    @Test func anEntryOfABatchIsAtFaultByItself() throws {
        let bundle = try Self.bundle(
            #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"id":"x"}},{"resource":{"resourceType":"Basic"}}]}"#
        )
        #expect(bundle.entries.map(\.fault?.code) == [.resourceTypeUnknown, nil])
        #expect(bundle.entries.map { $0.resource?.type } == [nil, .basic])
    }

    @Test func resolvesReferencesBetweenEntries() throws {
        let bundle = try Self.bundle(
            """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"https://a.example/fhir/Patient/p","resource":{"resourceType":"Patient","id":"p"}},
             {"fullUrl":"https://a.example/fhir/Basic/b","resource":
              {"resourceType":"Basic","id":"b","subject":{"reference":"Patient/p"}}},
             {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Device","id":"d"}},
             {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:2"}}},
             {"fullUrl":"urn:uuid:4","resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:9"}}},
             {"fullUrl":"urn:uuid:5","resource":{"resourceType":"Observation","subject":{"reference":"Patient/other"}}}]}
            """)
        #expect(bundle.entry(named: Reference("Patient/p"), from: 1) == 0)
        #expect(bundle.entry(named: Reference("https://a.example/fhir/Patient/p"), from: 3) == 0)
        #expect(bundle.entry(named: Reference("Patient/p"), from: 3) == nil)
        #expect(bundle.subject(of: 0)?.text == "Patient/p" && bundle.subject(of: 1)?.text == "Patient/p")
        #expect(bundle.subject(of: 2) == nil)
        #expect(bundle.subject(of: 3) == nil)  // A device.
        #expect(bundle.subject(of: 4) == nil)  // Nobody in this bundle.
        #expect(bundle.subject(of: 5)?.text == "Patient/other")  // Known to the server, perhaps.
    }

    @Test func aResourceThatListsOthersIsOfTheOnlyPatientAmongThem() throws {
        let entries = { (targets: String) in
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"}},
             {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Patient","id":"q"}},
             {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Device","id":"d"}},
             {"fullUrl":"urn:uuid:4","resource":{"resourceType":"Provenance","target":[\(targets)]}}]}
            """
        }
        func subject(_ names: String...) throws -> String? {
            let targets = names.map { #"{"reference":"\#($0)"}"# }.joined(separator: ",")
            return try Self.bundle(entries(targets)).subject(of: 3)?.text
        }
        #expect(try subject("urn:uuid:3", "urn:uuid:1") == "Patient/p")
        #expect(try subject("urn:uuid:1", "urn:uuid:1") == "Patient/p")
        #expect(try subject("urn:uuid:1", "urn:uuid:2") == nil)
        #expect(try subject("urn:uuid:3", "urn:uuid:9") == nil)
    }
}
