// The words in which patients write grants, and what is no such word.
import Primitives
import Testing

@testable import SteleCommand

@Suite struct GrantScopeTests {
    @Test func readsEveryKindOfWord() throws {
        let team = String(repeating: "0a", count: 32)
        let scope = try GrantScope(
            to: "role:surgeon@st-anna,organisation:st-anna,actor:did:key:z6Mk,team:\(team)",
            classes: "all,laboratory,vital-signs,PSY,Observation,Observation:laboratory", except: "SUD")
        #expect(
            scope.grantees == [
                .role(code: "surgeon", organisation: "st-anna"), .organisation("st-anna"), .actor("did:key:z6Mk"),
                .team(team),
            ])
        #expect(
            scope.classes == [
                .all, .category("laboratory"), .category("vital-signs"), .sensitivity("PSY"), .type("Observation"),
                .typeInCategory(type: "Observation", category: "laboratory"),
            ])
        #expect(scope.except == [.sensitivity("SUD")])
    }

    @Test(arguments: [
        "to=role:surgeon@st-anna classes=laboratory,imaging except=PSY",
        "to=actor:did:key:z6Mk classes=all",
        "to=organisation:a,role:b@c classes=Observation:laboratory,R",
    ])
    func isWrittenAsItWasRead(text: String) throws {
        #expect(try GrantScope(text).text == text)
    }

    @Test(arguments: [
        "", "to=role:surgeon@a", "classes=all", "to=surgeon classes=all", "to=role:surgeon classes=all",
        "to=role:@a classes=all", "to=role:a@b@c classes=all", "to=team:12 classes=all", "to=actor:bob classes=all",
        "to=organisation: classes=all", "to=organisation:a classes=lab", "to=organisation:a classes=psy",
        "to=organisation:a classes=MH", "to=organisation:a classes=Observation:lab", "to=organisation:a classes=all,",
        "to=organisation:a classes=all,all", "to=organisation:a classes=all except=",
        "to=organisation:a to=organisation:b",
        "to=organisation:a classes=all for=TREAT", "to=organisation:a classes=Obs",
    ])
    func refusesWhatCouldBeMeantOtherwise(text: String) {
        #expect(throws: SteleError.self) { _ = try GrantScope(text) }
    }

    @Test func takesSixteenLabelsAndNoMore() throws {
        let roles = (1...17).map { "role:r\($0)@a" }
        #expect(try GrantScope(to: roles.prefix(16).joined(separator: ","), classes: "all").grantees.count == 16)
        #expect(throws: SteleError.self) { _ = try GrantScope(to: roles.joined(separator: ","), classes: "all") }
    }
}
