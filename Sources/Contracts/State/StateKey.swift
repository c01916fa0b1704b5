// Contracts · where each row lies, for whoever proves or looks one up.
public import Primitives

/// The keys of the rows that proofs are asked for. Every row and its key is listed in `docs/spec/contracts.md`.
public enum StateKey {
    /// An organisation's key: ``NetworkKeyRow``.
    public static func networkKey(_ key: PublicKey) -> [UInt8] { NetworkState.keys.key(key) }
    /// A member: ``OrganisationRow``.
    public static func organisation(_ name: OrganisationName) -> [UInt8] { NetworkState.organisations.key(name) }
    /// The parameters: ``ParametersRow``.
    public static var parameters: [UInt8] { NetworkState.parameters.key }
    /// An actor: ``ActorRow``.
    public static func actor(_ actor: Bytes32) -> [UInt8] { IdentityState.actors.key(actor) }
    /// A role: ``RoleRow``.
    public static func role(_ credential: Bytes32) -> [UInt8] { IdentityState.roles.key(credential) }
    /// A subject: ``SubjectRow``.
    public static func subject(_ subject: SubjectID) -> [UInt8] { RecordsState.subjects.key(subject) }
    /// A version of a record: ``RecordRow``.
    public static func record(_ record: Bytes32, of subject: SubjectID) -> [UInt8] {
        RecordsState.versions.key(subject, record)
    }
    /// Who decides for a subject: ``AuthorityRow``. With bytes behind it, the start of every row of the subject's
    /// policy.
    public static func authority(of subject: SubjectID) -> [UInt8] { ConsentState.policies.key(subject) }
    /// An open episode: ``EpisodeRow``.
    public static func openEpisode(_ episode: Bytes32, of subject: SubjectID) -> [UInt8] {
        ConsentState.policies.key(subject, ConsentState.episodeSort, episode)
    }
    /// An ended episode: ``EndedRow``.
    public static func endedEpisode(_ episode: Bytes32, of subject: SubjectID) -> [UInt8] {
        ConsentState.endedEpisodes.key(subject, episode)
    }
    /// A grant not revoked: ``GrantRow``.
    public static func grant(_ grant: Digest, of subject: SubjectID) -> [UInt8] {
        ConsentState.policies.key(subject, ConsentState.grantSort, grant)
    }
    /// A revoked grant: ``EndedRow``.
    public static func revokedGrant(_ grant: Digest, of subject: SubjectID) -> [UInt8] {
        ConsentState.revokedGrants.key(subject, grant)
    }
    /// A profile: ``ProfileRow``.
    public static func profile(_ profile: ProfileNumber, of subject: SubjectID) -> [UInt8] {
        ConsentState.policies.key(subject, ConsentState.profileSort, profile.number)
    }
    /// A delegate not revoked: ``DelegateRow``.
    public static func delegate(_ key: PublicKey, of subject: SubjectID) -> [UInt8] {
        ConsentState.delegates.key(subject, key)
    }
    /// A revoked delegate: ``EndedRow``.
    public static func revokedDelegate(_ key: PublicKey, of subject: SubjectID) -> [UInt8] {
        ConsentState.revokedDelegates.key(subject, key)
    }
    /// A subject's access log: ``AccessChainRow``.
    public static func accessChain(of subject: SubjectID) -> [UInt8] { AccessState.chains.key(subject) }
    /// An organisation's journal: ``JournalRow``.
    public static func journal(of organisation: OrganisationName) -> [UInt8] { AccessState.journals.key(organisation) }
    /// The review of an override: ``ReviewRow``.
    public static func review(of transaction: TransactionID, about subject: SubjectID) -> [UInt8] {
        AccessState.reviews.key(subject, transaction)
    }
}
