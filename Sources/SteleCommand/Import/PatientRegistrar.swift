// SteleCommand · patients become subjects as their records come in.
internal import Contracts
internal import Primitives

/// Enrols patients with wallets of their own, and makes the permits that an import asks for.
struct PatientRegistrar: Sendable {
    /// For how long a patient permits themself everything, and their custodian's staff to treat them, in days.
    static let permitDays = 3650

    /// The officer who enrols.
    let session: NodeSession
    /// Where wallets are and go.
    let wallets: WalletFolder
    /// The organisation that each patient permits to treat them; nil for none.
    let treatingOrganisation: String?

    /// Enrols a patient who has no wallet here, and makes what permits are missing; says whether the patient was
    /// enrolled by this.
    ///
    /// A permit that was made once is not made again, also if the patient has revoked it since.
    func enrol(_ patient: ImportPatient) async throws(SteleError) -> Bool {
        let known = try wallets.wallet(of: patient.id)
        let wallet = if let known { known } else { try await wallets.enrol(patient, by: session) }
        var missing = try orders(wallet.wallet.did)
        let made = try GrantBook(walletPath: wallet.path).lines().map(\.words)
        missing.removeAll { order in made.contains { $0.hasPrefix(Self.beginning(of: order)) } }
        guard !missing.isEmpty else { return known == nil }
        let subject = try wallet.subject(at: session.client.url)
        let connection = try PatientConnection(wallet: wallet, subject: subject, client: session.client)
        for order in missing { _ = try await connection.give(order) }
        return known == nil
    }

    /// What a patient permits: themself everything, at their own request; the organisation, if it is asked for, to read
    /// and search everything for treatment.
    func orders(_ did: String) throws(SteleError) -> [GrantOrder] {
        var orders = [try Self.ownPermit(did)]
        if let treatingOrganisation {
            orders.append(
                GrantOrder(
                    scopes: [try GrantScope(to: "organisation:" + treatingOrganisation, classes: "all")],
                    purposes: ["TREAT"], actions: Actions([.read, .search]), dayCount: Self.permitDays))
        }
        return orders
    }

    /// What a patient permits themself: everything, at their own request.
    static func ownPermit(_ did: String) throws(SteleError) -> GrantOrder {
        GrantOrder(
            scopes: [try GrantScope(to: "actor:" + did, classes: "all")], purposes: ["PATRQT"], actions: .all,
            dayCount: permitDays)
    }

    /// How the words of the grant that `order` makes begin, whenever it was made.
    private static func beginning(of order: GrantOrder) -> String {
        "\(order.kind.name) \(order.scopes[0].text) purposes=\(order.purposes.joined(separator: ",")) "
    }
}

extension NodeSession {
    /// The organisation of the actor who speaks in this session.
    func ownOrganisation() async throws(SteleError) -> String {
        let own = try await actors().first { $0.id == identity.id }
        guard let own else { throw NodeAnswer.malformed("its actors lack the one who asks") }
        return own.organisation
    }
}
