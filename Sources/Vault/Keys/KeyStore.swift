// Vault · the small store of wrapped keys, apart from what they open.
internal import Cryptography
internal import Primitives
internal import Storage

/// Wrapped keys in a store of their own, so that it can be copied, mirrored and destroyed apart from the content. In
/// its second family is who is known here (``VaultDirectory``): the newest copy of this store opens an older copy of
/// the rest.
///
/// ```
/// 00 ‖ epoch u32                          → HMAC of the epoch under the root        32 bytes
/// 01 ‖ name of the subject 32             → patient key wrapped by the root         72 bytes
/// 02 ‖ name of the category 32 ‖ version  → category key wrapped by the patient's   72 bytes
/// 03 ‖ row prefix 16 ‖ version u32        → policy key wrapped by the patient's     72 bytes
/// 04 ‖ row prefix 16                      → consent seed wrapped by the patient's   72 bytes, until it is claimed
/// ```
/// A name is an HMAC under a key of the level above. The first row tells a wrong root from one of another epoch.
/// Source: `docs/spec/vault.md` §5.
struct KeyStore: Sendable {
    static let family = ColumnFamily("keys", index: 0, access: .ordered)

    enum Tag: UInt8 { case check, patient, category, policy, consent }

    let current: CurrentRoot
    let store: any KeyValueStore
    let committer: GroupCommitter
    private let random: any RandomSource

    var root: RootKeys { current.value }

    /// Begins the key store of a new vault; durable when this returns.
    ///
    /// - Throws: ``SteleError`` with code `vault.exists` when the store has keys.
    init(creating root: RootKey, in store: any KeyValueStore, random: any RandomSource) throws(SteleError) {
        self.init(unchecked: root, in: store, random: random)
        guard try Self.newestEpoch(in: store) == nil else {
            throw SteleError(
                .vaultExists, "the key store has keys already", hint: "open the vault, or give an empty data directory")
        }
        var batch = WriteBatch()
        batch.put(Self.checkRow(self.root.epoch), Self.checkValue(self.root), in: Self.family)
        try store.write(batch, sync: true)
    }

    /// Opens the key store with its root.
    ///
    /// - Throws: ``SteleError`` with code `vault.missing`, `keys.root_wrong` or `keys.epoch_retired`.
    init(opening store: any KeyValueStore, root: RootKey, random: any RandomSource) throws(SteleError) {
        self.init(unchecked: root, in: store, random: random)
        guard let newest = try Self.newestEpoch(in: store) else {
            throw SteleError(
                .vaultMissing, "the key store is empty",
                hint: "check the data directory, or restore the newest copy of the key store")
        }
        if root.epoch > newest {
            throw SteleError(
                .keysEpochRetired, "the key store is of epoch \(newest), the root key of epoch \(root.epoch)",
                hint: "this key store was superseded; restore the newest copy of it (`[keys] mirror`)")
        }
        guard let check = try store.get(Self.checkRow(root.epoch), in: Self.family),
            check == Self.checkValue(self.root)
        else {
            throw SteleError(
                .keysRootWrong, "the root key is not the one this key store was made with",
                hint: "give the root key file that belongs to this data directory")
        }
        if root.epoch < newest {
            throw SteleError(
                .keysEpochRetired,
                "the root key of epoch \(root.epoch) was retired; the key store is of epoch \(newest)",
                hint: "give the newest root key file of this data directory")
        }
    }

    private init(unchecked root: RootKey, in store: any KeyValueStore, random: any RandomSource) {
        current = CurrentRoot(RootKeys(root))
        self.store = store
        self.random = random
        committer = GroupCommitter(store, name: "keystore")
    }

    /// Waits for what was handed over, then closes the store.
    func close() throws(SteleError) {
        committer.finish()
        try store.close()
    }
}

// MARK: - Patients
extension KeyStore {
    /// Makes the key of a new patient and keeps it with the first policy key and, for a patient who has no wallet yet,
    /// the seed of the consent key; durable when this returns.
    func addPatient(
        _ subject: SubjectID, policyKey: PolicyKey, consentSeed: SecretBytes? = nil
    ) async throws(SteleError) -> PatientKeys {
        let key = SecretBytes.random(from: random)
        let keys = PatientKeys(key, of: subject)
        var batch = WriteBatch()
        put(key, of: subject, under: root, into: &batch)
        put(policyKey, of: keys, into: &batch)
        if let consentSeed {
            batch.put(
                consentRow(keys),
                XChaCha20Poly1305.sealWithNonce(
                    consentSeed, key: keys.wrapping, associated: Binding.consentSeed(subject), random: random),
                in: Self.family)
        }
        try await committer.commit(batch, sync: true)
        return keys
    }

    /// The seed of the consent key of a patient who has not claimed their wallet, or nil.
    func consentSeed(of keys: PatientKeys) throws(SteleError) -> SecretBytes? {
        guard let wrapped = try store.get(consentRow(keys), in: Self.family) else { return nil }
        return try reading("unclaimed wallet") { () throws(SteleError) in
            try XChaCha20Poly1305.openSecretWithNonce(
                wrapped, key: keys.wrapping, associated: Binding.consentSeed(keys.subject))
        }
    }

    /// Removes the seed; durable when this returns.
    func removeConsentSeed(of keys: PatientKeys) async throws(SteleError) {
        var batch = WriteBatch()
        batch.delete(consentRow(keys), in: Self.family)
        try await committer.commit(batch, sync: true)
    }

    /// The keys of a patient, or nil when the store has none.
    func patientKeys(_ subject: SubjectID) throws(SteleError) -> PatientKeys? {
        try patientKey(subject).map { PatientKeys($0, of: subject) }
    }

    /// The key of a patient itself, or nil when the store has none.
    func patientKey(_ subject: SubjectID) throws(SteleError) -> SecretBytes? {
        let root = root
        guard let wrapped = try store.get(Self.patientRow(subject, root), in: Self.family) else { return nil }
        return try reading("patient key") { () throws(SteleError) in
            try XChaCha20Poly1305.openSecretWithNonce(
                wrapped, key: root.wrapping, associated: Binding.patientKey(epoch: root.epoch, subject))
        }
    }

    /// Adds the row of a patient's key, wrapped by `root`, to `batch`.
    func put(_ key: SecretBytes, of subject: SubjectID, under root: RootKeys, into batch: inout WriteBatch) {
        batch.put(
            Self.patientRow(subject, root),
            XChaCha20Poly1305.sealWithNonce(
                key, key: root.wrapping, associated: Binding.patientKey(epoch: root.epoch, subject), random: random),
            in: Self.family)
    }

    /// Adds the row of a patient's policy key to `batch`.
    func put(_ policyKey: PolicyKey, of keys: PatientKeys, into batch: inout WriteBatch) {
        batch.put(
            policyRow(keys, policyKey.version),
            XChaCha20Poly1305.sealWithNonce(
                policyKey.secret, key: keys.wrapping,
                associated: Binding.policyKey(keys.subject, version: policyKey.version), random: random),
            in: Self.family)
    }

    /// The policy key that is the patient's `version`th.
    func policyKey(_ version: UInt32, of keys: PatientKeys) throws(SteleError) -> PolicyKey {
        guard let wrapped = try store.get(policyRow(keys, version), in: Self.family) else {
            throw .damaged("policy key")
        }
        return try reading("policy key") { () throws(SteleError) in
            let secret = try XChaCha20Poly1305.openSecretWithNonce(
                wrapped, key: keys.wrapping, associated: Binding.policyKey(keys.subject, version: version))
            return try PolicyKey(version: version, secret: secret)
        }
    }
}

// MARK: - Categories
/// One of the successive keys of a patient's category.
struct CategoryKey: Sendable {
    let version: UInt32
    let secret: SecretBytes
}

extension KeyStore {
    /// The keys of a category, oldest first; empty when nothing was sealed in it yet.
    func categoryKeys(_ category: KeyCategory, of keys: PatientKeys) throws(SteleError) -> [CategoryKey] {
        let prefix = [Tag.category.rawValue] + keys.categoryRow(category)
        var found: [CategoryKey] = []
        for row in try store.scan(prefix: prefix, in: Self.family) {
            guard row.key.count == prefix.count + 4 else { throw .damaged("category key") }
            let version: UInt32 = row.key.bigEndian(at: prefix.count)
            let secret = try reading("category key") { () throws(SteleError) in
                try XChaCha20Poly1305.openSecretWithNonce(
                    row.value, key: keys.wrapping,
                    associated: Binding.categoryKey(keys.subject, version: version, category))
            }
            found.append(CategoryKey(version: version, secret: secret))
        }
        return found
    }

    /// Makes the next key of each category, `versions` saying which that is; durable when this returns.
    func addCategoryKeys(
        _ versions: [KeyCategory: UInt32], of keys: PatientKeys
    ) async throws(SteleError) -> [KeyCategory: CategoryKey] {
        var added: [KeyCategory: CategoryKey] = [:]
        var batch = WriteBatch()
        for (category, version) in versions {
            let key = CategoryKey(version: version, secret: .random(from: random))
            var row = [Tag.category.rawValue] + keys.categoryRow(category)
            row.append(bigEndian: version)
            batch.put(
                row,
                XChaCha20Poly1305.sealWithNonce(
                    key.secret, key: keys.wrapping,
                    associated: Binding.categoryKey(keys.subject, version: version, category), random: random),
                in: Self.family)
            added[category] = key
        }
        try await committer.commit(batch, sync: true)
        return added
    }
}

// MARK: - Rows
extension KeyStore {
    private static func patientRow(_ subject: SubjectID, _ root: RootKeys) -> [UInt8] {
        [Tag.patient.rawValue] + HMACSHA256.code(of: Array("subject\0".utf8) + subject.bytes, key: root.naming).bytes
    }

    private func consentRow(_ keys: PatientKeys) -> [UInt8] { [Tag.consent.rawValue] + keys.rowPrefix }

    private func policyRow(_ keys: PatientKeys, _ version: UInt32) -> [UInt8] {
        var row = [Tag.policy.rawValue] + keys.rowPrefix
        row.append(bigEndian: version)
        return row
    }

    static func checkRow(_ epoch: UInt32) -> [UInt8] {
        var row = [Tag.check.rawValue]
        row.append(bigEndian: epoch)
        return row
    }

    static func checkValue(_ root: RootKeys) -> [UInt8] {
        var message = Array("stele/v1/vault/check\0".utf8)
        message.append(bigEndian: root.epoch)
        return HMACSHA256.code(of: message, key: root.checking).bytes
    }

    /// The epoch that the key store in `store` is of, or nil if it is empty.
    static func newestEpoch(in store: any KeyValueStore) throws(SteleError) -> UInt32? {
        guard let row = try store.last(prefix: [Tag.check.rawValue], in: family) else { return nil }
        guard row.key.count == 5 else { throw .damaged("key check") }
        return row.key.bigEndian(at: 1)
    }
}
