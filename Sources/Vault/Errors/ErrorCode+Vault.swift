// Vault · the codes of its faults and refusals, each declared once.
public import Primitives

extension ErrorCode {
    /// There is no root key file where the configuration says.
    public static let keysRootMissing = ErrorCode("keys.root_missing")
    /// The root key file is not one of Stele's, or is damaged.
    public static let keysRootMalformed = ErrorCode("keys.root_malformed")
    /// A root key file is there already; writing another would lose the key it holds.
    public static let keysRootExists = ErrorCode("keys.root_exists")
    /// The root key is not the one this key store was made with.
    public static let keysRootWrong = ErrorCode("keys.root_wrong")
    /// Root key and key store are of different epochs: one of the two is an old copy.
    public static let keysEpochRetired = ErrorCode("keys.epoch_retired")

    /// The root key cannot be replaced here, so nothing can be erased.
    public static let keysRootFixed = ErrorCode("keys.root_fixed")

    /// A vault is there already.
    public static let vaultExists = ErrorCode("vault.exists")
    /// There is no vault in the data directory.
    public static let vaultMissing = ErrorCode("vault.missing")
    /// Stored bytes do not open, or are not what they should be. Nothing of them was returned.
    public static let vaultDamaged = ErrorCode("vault.damaged")
    /// Too many writes wait for the disk.
    public static let vaultBusy = ErrorCode("vault.busy")
    /// Records wait for their anchors, so the keys cannot be renewed.
    public static let vaultPending = ErrorCode("vault.pending")
    /// The vault keeps no such subject.
    public static let vaultSubjectUnknown = ErrorCode("vault.subject_unknown")
    /// The patient is a subject already.
    public static let vaultSubjectExists = ErrorCode("vault.subject_exists")
    /// The vault keeps no such actor.
    public static let vaultActorUnknown = ErrorCode("vault.actor_unknown")
    /// Another actor has this identifier already.
    public static let vaultActorExists = ErrorCode("vault.actor_exists")
    /// A subject has as many profiles as it may have.
    public static let vaultProfilesFull = ErrorCode("vault.profiles_full")
    /// A record's labels make no profile that the ledger knows yet.
    public static let vaultProfileUnregistered = ErrorCode("vault.profile_unregistered")
    /// The resource is not at the version the writer expected.
    public static let vaultVersionConflict = ErrorCode("vault.version_conflict")
    /// Another version of the resource waits for its anchor.
    public static let vaultVersionPending = ErrorCode("vault.version_pending")
    /// The patient's wallet is not kept here, or not any more.
    public static let vaultWalletClaimed = ErrorCode("vault.wallet_claimed")
    /// A resource id that is in use for a record of another patient.
    public static let vaultResourceElsewhere = ErrorCode("vault.resource_elsewhere")
    /// No record is staged for this transaction.
    public static let vaultTransactionUnknown = ErrorCode("vault.transaction_unknown")
    /// The range asked for does not lie inside the record.
    public static let vaultRange = ErrorCode("vault.range")
}
