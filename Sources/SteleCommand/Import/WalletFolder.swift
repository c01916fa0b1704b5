// SteleCommand · the wallets of patients who have none of their own yet.
internal import Cryptography
internal import Foundation
internal import Primitives
internal import Storage

/// A folder with one wallet for each patient, `<logical id>.wallet`, mode 0600.
///
/// In service a wallet is the patient's own device. Here it is made beside the import, so that data which comes without
/// patients at hand can be used at all: hand each file to its patient, then remove it.
struct WalletFolder: Sendable {
    /// Where it is.
    let path: String

    /// The folder at `path`, made if it is not there.
    init(_ path: String) throws(SteleError) {
        self.path = path
        try Directory.create(path)
    }

    /// Where the wallet of `patient` is or will be.
    func walletPath(of patient: String) -> String { "\(path)/\(patient).wallet" }

    /// The wallet of `patient`, if it is here.
    func wallet(of patient: String) throws(SteleError) -> WalletFile? {
        let path = walletPath(of: patient)
        guard try AtomicFile(path).read() != nil else { return nil }
        return try WalletFile(path)
    }

    /// Enrols a patient who has no subject at the node yet, and writes it into their wallet, made if there is none.
    ///
    /// The key is on disk before the node hears of it. After a crash half-way, the same patient is enrolled with the
    /// same key, which the node takes for the same enrolment.
    func enrol(_ patient: ImportPatient, by session: NodeSession) async throws(SteleError) -> WalletFile {
        let keyFile = AtomicFile("\(path)/\(patient.id).key")
        let key: SigningKey
        if let pem = try keyFile.read() {
            key = try SigningKey(pem: SecretBytes(pem))
        } else {
            key = SigningKey.random(from: SystemRandom())
            try keyFile.write(key.pem.exposedCopy())
        }
        let answer = try await session.enrol(
            patient: patient.id, displayName: patient.displayName, birthDate: patient.birthDate,
            consentKey: key.publicKey)
        var wallet = try wallet(of: patient.id)?.wallet ?? Wallet(did: DIDKey.did(of: key.publicKey))
        try wallet.put(
            Wallet.Subject(
                chainID: answer.chainID, url: session.client.url, id: answer.subject, consentSeed: key.seed,
                policyKey: answer.policyKey, patient: "Patient/" + patient.id))
        try wallet.save(to: walletPath(of: patient.id))
        try? FileManager.default.removeItem(atPath: "\(path)/\(patient.id).key")
        return try WalletFile(walletPath(of: patient.id))
    }
}
