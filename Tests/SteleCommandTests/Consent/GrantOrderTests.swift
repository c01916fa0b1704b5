// From a patient's words to the terms that the ledger enforces without reading them.
import Contracts
import Cryptography
import Primitives
import Testing

@testable import SteleCommand

@Suite struct GrantOrderTests {
    static let random = SeededRandom(5)
    static let subject = WalletTests.subject(version: 3)
    static let now = Timestamp(seconds: 1_700_000_042)

    static func order(dayCount: Int = 14) throws -> GrantOrder {
        GrantOrder(
            scopes: [
                try GrantScope("to=role:surgeon@a classes=laboratory,imaging except=PSY"),
                try GrantScope("to=role:laboratory@a classes=laboratory"),
            ], purposes: ["TREAT"], actions: Actions([.read, .search]), dayCount: dayCount)
    }

    @Test func labelsBecomeTokensOfTheSubjectsKeyAmongPadding() throws {
        let grants = try Self.order().prepared(for: Self.subject, now: Self.now, random: Self.random)
        try #require(grants.count == 2)
        func token(_ label: Label) -> Token { Self.subject.policyKey.token(for: label) }
        let terms = grants[0].terms
        #expect(terms.grantees.tokens.count == 4)
        #expect(terms.grantees.tokens.contains(token(.role(code: "surgeon", organisation: "a"))))
        #expect(
            Set(terms.classes.tokens).isSuperset(of: [token(.category("laboratory")), token(.category("imaging"))]))
        #expect(terms.except?.tokens.contains(token(.sensitivity("PSY"))) == true)
        #expect(terms.purposes.tokens.contains(token(.purpose("TREAT"))))
        #expect(terms.policyKeyVersion == 3 && terms.kind == .permit)
        #expect(grants[1].terms.except == nil)
        // The same label in two grants is the same token; the padding of no two sets is.
        let shared = Set(terms.classes.tokens).intersection(grants[1].terms.classes.tokens)
        #expect(shared == [token(.category("laboratory"))])
    }

    @Test(arguments: [(14, UInt64(60)), (90, 60), (91, 86_400), (3653, 86_400)])
    func boundsAreWholeMinutesOrForLongWholeDays(dayCount: Int, unit: UInt64) throws {
        let terms = try Self.order(dayCount: dayCount)
            .prepared(for: Self.subject, now: Self.now, random: Self.random)[0].terms
        #expect(terms.notBefore.seconds == Self.now.seconds / unit * unit)
        #expect(terms.notAfter.seconds - terms.notBefore.seconds == UInt64(dayCount) * 86_400)
        try terms.validate()
    }

    @Test func theWordsOpenTheCommitment() throws {
        for grant in try Self.order().prepared(for: Self.subject, now: Self.now, random: Self.random) {
            let commitment = HMACSHA256.code(of: SHA256.hash(Array(grant.words.utf8)), salt: grant.salt)
            #expect(grant.terms.termsCommitment == commitment)
            #expect(grant.words.hasPrefix("permit to=role:") && grant.words.contains("purposes=TREAT"))
        }
    }
}
