// Vault · which records an answer holds, as one hash.
internal import Cryptography
public import Primitives

/// The root that stands on the ledger for the records of one answer.
public enum Manifest {
    /// `SHA-256("stele/v1/manifest\0" ‖ CBOR [salt, [record …]])`, records ascending.
    ///
    /// The salt is kept with the request: without it the root says nothing of the records, nor that two answers hold
    /// the same ones. Source: `docs/spec/vault.md` §9.
    public static func root(of records: some Sequence<Bytes32>, salt: Bytes32) -> Digest {
        let records = records.sorted()
        var writer = CBORWriter(capacity: 48 + 34 * records.count)
        writer.write(arrayCount: 2)
        writer.write(salt)
        writer.write(arrayCount: records.count)
        for record in records { writer.write(record) }
        return SHA256.hash(tag: "manifest", writer.bytes)
    }
}
