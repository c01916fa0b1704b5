// APITests · a statement to start from.
import FHIR
import Primitives

enum ConsentStatementDraft {
    static func plain(isDeny: Bool = false) -> ConsentStatement {
        var statement = ConsentStatement()
        statement.isDeny = isDeny
        statement.grantees = [.label(.actor("did:x"))]
        statement.actions = ["read"]
        statement.purposes = [.label(.purpose("TREAT"))]
        statement.classes = [.label(.all)]
        return statement
    }
}
