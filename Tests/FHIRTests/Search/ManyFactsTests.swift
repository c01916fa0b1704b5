// What a resource with very many facts costs.
import FHIR
import Primitives
import Testing

@Suite struct ManyFactsTests {
    @Test(.timeLimit(.minutes(1))) func manyFactsAreReadInTheTimeOfOnePass() throws {
        let count = 40_000
        let codings = (0..<count).map { #"{"system":"urn:x","code":"c\#($0)"}"# }.joined(separator: ",")
        let performers = (0..<count).map { #"{"reference":"Patient/p\#($0)"}"# }.joined(separator: ",")
        let text =
            #"{"resourceType":"Observation","status":"final","code":{"coding":[\#(codings)]},"performer":[\#(performers)]}"#
        let resource = try Resource(parsing: Array(text.utf8))
        #expect(throws: SteleError.self) { try SearchFacts(of: resource) }
        #expect(resource.patientReferences.count == count)
    }
}
