// Node · fields that look like personal data by chance, and cannot be chosen otherwise.
internal import Contracts
internal import FHIR
internal import Ledger
internal import Primitives
internal import Vault

extension Custodian {
    /// Guards what identifies people here, and lets pass what has to stand where it stands.
    func guardAgainstLeaks() throws(SteleError) {
        guard let leaks = ledger.leaks else { return }
        try leaks.watch(vault.directory)
        leaks.pass { [weak self] field, transaction in self?.isFixed(field, in: transaction) ?? false }
    }

    /// Whether `field` is the id of the subject that `transaction` is about, the token of a label under a policy key of
    /// the subject's, or the code of a person in emergencies. Another salt can be drawn; without these nobody could
    /// grant or ask what they mean.
    /// Source: `docs/spec/leaks.md` §2.
    private func isFixed(_ field: Bytes32, in transaction: Transaction) -> Bool {
        let body = transaction.body
        do throws(SteleError) {
            guard let call = Contract.call(named: body.call),
                let id = try call.subject(ofArguments: Array(body.encoded[body.argumentRange]))
            else { return false }
            let subject = try vault.directory.subject(id)
            if field == id { return true }
            if let keys = emergencyKeys, try vault.directory.actors().contains(where: { keys.code(of: $0) == field }) {
                return true
            }
            let teams = try history(of: id).episodes
            for key in subject.policyKeys {
                let labels = try labelReader.labels(behind: [field], under: key, of: subject, in: vault, teams: teams)
                if !labels.isEmpty { return true }
            }
            return false
        } catch {
            return false  // What is not known here is nothing that had to be let pass.
        }
    }
}
