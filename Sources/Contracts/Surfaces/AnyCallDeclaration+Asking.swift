// Contracts · what becomes of a call that is asked for by name, in words: for help, OpenAPI and the reference page.

extension AnyCallDeclaration {
    /// What a node makes of the call when nobody names the key that signs it: a phrase after "the call is".
    public var unsignedPhrase: String {
        let signed = signer.nodeKind.map { "signed by the node with its \($0.name) key, for officers" }
        switch (reservation, signed) {
        case (.always(let verb)?, _): return "refused: `stele \(verb)` makes it, and the vault goes along"
        case (.ownKeys(let verb)?, let signed?):
            return
                "\(signed); about a key that the node signs with it is refused: `stele \(verb)` replaces that of the node"
        case (_, let signed?):
            return signer.isSubject ? "handed out to a patient to sign, and \(signed)" : signed
        case (_, nil): return "handed out for the subject's consent key to sign, to the patient and to officers"
        }
    }
}
