// Scopes are taken whole or not at all.
import FHIR
import Primitives
import Testing

@testable import API

@Suite struct ScopeTests {
    @Test(arguments: ["system/*.rs", "user/Observation.cruds", "patient/*.r", "system/Patient.s"])
    func goodScopesKeepTheirSpelling(text: String) throws {
        #expect(try #require(Scope(text)).text == text)
    }

    @Test(arguments: [
        "", "system", "system/", "system/*", "system/*.", "system/*.sr", "system/*.rr", "system/*.x", "system/*.read",
        "system/*.*", "System/*.rs", "launch/*.rs", "system/observation.rs", "system/*.rs?category=x", "system/ *.rs",
        "system/*.rs/", "system//*.rs", "openid", "system/*.R", "*/*.rs",
    ])
    func badScopesAreNone(text: String) {
        #expect(Scope(text) == nil)
    }

    @Test func listsAreRefusedAsAWhole() throws {
        #expect(try Scope.list("system/*.rs user/*.r").count == 2)
        for text in ["", " ", "system/*.rs ", "system/*.rs  user/*.r", "system/*.rs system/*.rs", "system/*.rs openid"]
        {
            #expect(throws: SteleError.self) { try Scope.list(text) }
        }
    }

    @Test func scopesNarrowedByParametersAreRefusedByName() throws {
        let category = "http://terminology.hl7.org/CodeSystem/observation-category|laboratory"
        for text in ["user/Observation.rs?category=\(category)", "system/*.rs user/Observation.rs?code=x"] {
            let error = #expect(throws: SteleError.self) { try Scope.list(text) }
            #expect(error?.code == .tokenScope && error?.message.contains("search parameter") == true)
        }
    }

    @Test func scopesAllowWhatTheySay() throws {
        let scope = try #require(Scope("system/Observation.rs"))
        #expect(scope.allows(.read, on: .observation) && scope.allows(.search, on: .observation))
        #expect(!scope.allows(.update, on: .observation) && !scope.allows(.read, on: .patient))
        #expect(!scope.allows(.read, on: nil))
    }
}
