// FHIRTests · an assigned id changes the id's bytes and no other.
import FHIR
import Testing

@Suite struct IdentityTests {
    @Test func insertsAfterTheType() throws {
        let resource = try Resource("{ \"resourceType\" : \"Patient\" ,\n \"active\":true}")
        let identified = try resource.settingIdentity(id: "p-1")
        #expect(identified.text == "{ \"resourceType\" : \"Patient\",\"id\":\"p-1\" ,\n \"active\":true}")
        #expect(identified.id == "p-1" && identified.type == .patient)
    }

    @Test func insertsWhenTheTypeIsAllThereIs() throws {
        #expect(
            try Resource(#"{"resourceType":"Basic"}"#).settingIdentity(id: "x").text
                == #"{"resourceType":"Basic","id":"x"}"#)
    }

    @Test func replacesOnlyTheTopLevelID() throws {
        let text =
            #"{"contained":[{"resourceType":"Device","id":"d"}],"id" : "old","resourceType":"Basic","code":{"id":"e"}}"#
        let identified = try Resource(text).settingIdentity(id: "new")
        #expect(identified.text == text.replacing(#""old""#, with: #""new""#))
        #expect(try identified.settingIdentity(id: "new").text == identified.text)
    }

    @Test func takesAResourceOutOfItsBundle() throws {
        let bundle = try Bundle(
            parsing: Array(
                #"{"resourceType":"Bundle","type":"batch","entry":[{"resource": {"resourceType":"Basic"} }]}"#.utf8))
        let resource = try #require(bundle.entries[0].resource)
        #expect(try resource.settingIdentity(id: "b").text == #"{"resourceType":"Basic","id":"b"}"#)
    }

    @Test func refusesWhatIsNoID() async {
        await #expect(processExitsWith: .failure) {
            _ = try Resource(#"{"resourceType":"Basic"}"#).settingIdentity(id: "a\",\"b\":\"c")
        }
    }
}
