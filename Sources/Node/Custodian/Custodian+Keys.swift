// Node · keys renewed without anybody being erased.
public import Primitives
public import Vault

extension Custodian {
    /// Ends the epoch: the root key is replaced and the old one destroyed. Nobody is served meanwhile.
    ///
    /// - Returns: The new epoch.
    /// - Throws: `keys.root_fixed`, `vault.pending`, or those of the disk.
    public func renewRoot() async throws(SteleError) -> UInt32 {
        guard let keeper = terms.rootKeeper else { throw Self.rootFixed }
        try await admission.alone { () async throws(SteleError) in
            _ = try await settle(at: earlierTransactionsEnd)
            try await vault.endEpoch(keeper: keeper)
        }
        try terms.keysChanged(vault)
        try vault.compactKeys()
        return vault.epoch
    }

    /// Gives every category of a patient's records a new key, which what is written from now on is sealed under.
    ///
    /// - Returns: How many categories there are.
    /// - Throws: `subject.not_enrolled`, or those of the disk.
    public func renewKeys(of patient: String) async throws(SteleError) -> Int {
        try await vault.renewKeys(of: enrolled(patient))
    }
}
