import FHIR
import Primitives
import Testing

/// The version that a server writes into a resource, and every other byte as it was.
@Suite struct MetaTests {
    private static let time = Timestamp(milliseconds: 1_700_000_000_123)

    @Test(arguments: [
        (
            #"{"resourceType":"Basic","id":"b", "code":{"text":"x"}}"#,
            #"{"resourceType":"Basic","id":"b","meta":{"versionId":"3","lastUpdated":"2023-11-14T22:13:20.123Z"}, "code":{"text":"x"}}"#
        ),
        (
            #"{"resourceType":"Basic","code":{"text":"x"}}"#,
            #"{"resourceType":"Basic","meta":{"versionId":"3","lastUpdated":"2023-11-14T22:13:20.123Z"},"code":{"text":"x"}}"#
        ),
        (
            #"{ "meta" : { "profile" : ["urn:p"] }, "resourceType":"Basic","code":{"text":"x"}}"#,
            #"{ "meta" : {"versionId":"3","lastUpdated":"2023-11-14T22:13:20.123Z", "profile" : ["urn:p"] }, "resourceType":"Basic","code":{"text":"x"}}"#
        ),
        (
            #"{"resourceType":"Basic","meta":{"lastUpdated":"2001-01-01T00:00:00Z","versionId":"99"},"code":{"text":"1.50"}}"#,
            #"{"resourceType":"Basic","meta":{"lastUpdated":"2023-11-14T22:13:20.123Z","versionId":"3"},"code":{"text":"1.50"}}"#
        ),
        (
            #"{"resourceType":"Basic","meta":{"versionId":"9","tag":[{"code":"a"}]},"code":{"text":"x"}}"#,
            #"{"resourceType":"Basic","meta":{"lastUpdated":"2023-11-14T22:13:20.123Z","versionId":"3","tag":[{"code":"a"}]},"code":{"text":"x"}}"#
        ),
    ])
    func nothingElseChanges(before: String, after: String) throws {
        let resource = try Resource(before).settingVersion(3, lastUpdated: Self.time)
        #expect(String(decoding: resource.bytes, as: UTF8.self) == after)
        #expect(resource.lastUpdated == "2023-11-14T22:13:20.123Z")
    }

    @Test func anEntryOfABundleKeepsItsOwnText() throws {
        let bundle = try Bundle(
            parsing: Array(
                #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Basic","id":"b"}}]}"#
                    .utf8))
        let resource = try #require(bundle.entries[0].resource).settingVersion(1, lastUpdated: Self.time)
        #expect(
            String(decoding: resource.bytes, as: UTF8.self)
                == #"{"resourceType":"Basic","id":"b","meta":{"versionId":"1","lastUpdated":"2023-11-14T22:13:20.123Z"}}"#
        )
    }
}
