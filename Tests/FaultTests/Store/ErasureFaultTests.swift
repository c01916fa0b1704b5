// An erasure during which each store fails at each of its operations, before or after the work, for good.
//
// Invariant: after loss of power and a start, either nothing of the erasure was begun and the patient is as before, or
// it is finished; everybody else is as they were.
import Contracts
import Cryptography
import FHIR
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct ErasureFaultTests {
    @Test(arguments: MemoryHouse.Part.allCases, Fault.Moment.allCases)
    func isWholeOrNotBegun(part: MemoryHouse.Part, moment: Fault.Moment) async throws {
        let operationCount = try await Self.erase(part, nil)
        try #require(operationCount > 5)
        for operation in CustodianFaultTests.operations(of: operationCount) {
            _ = try await Self.erase(part, (operation, moment))
        }
    }

    /// Erases a patient, failing as asked, and looks at everything afterwards.
    /// - Returns: How many operations of the store the erasure takes.
    private static func erase(
        _ part: MemoryHouse.Part, _ fault: (operation: Int, moment: Fault.Moment)?
    ) async throws -> Int {
        let what: Comment = "\(part), \(String(describing: fault))"
        let house = try MemoryHouse()
        try house.open()
        try await house.day()
        let subject = try await Self.admit(house)
        house.disk.disk.crash()
        let store = try #require(try house.open(part))
        let custodian = try #require(house.custodian)
        try await custodian.start()
        let before = store.operationCount
        if let fault {
            store.plan(Fault(operation: before + fault.operation, moment: fault.moment, isSticky: true))
        }
        let erasure = try? await custodian.erase("z", because: .withdrawn)
        let count = store.operationCount - before
        #expect(fault != nil || erasure?.stage == .finished, what)
        try house.recover()
        let recovered = try #require(house.custodian, what)
        try await recovered.start()
        if try recovered.vault.directory.erasure(of: subject) == nil {
            #expect(erasure == nil, what)
            let found = try #require(try recovered.vault.compartment(of: subject).entries.first, what)
            #expect(try !recovered.vault.open(found, of: subject).isEmpty, what)
            _ = try await recovered.erase("z", because: .withdrawn)
        }
        let done = try recovered.erasure(of: subject)
        #expect(done.stage == .finished && done.recordCount == 1 && !done.statement.isEmpty, what)
        #expect(throws: Never.self, what) { try ProofVerifier.verify(done.statement, trust: house.network.trust) }
        #expect(try recovered.vault.directory.subject(patient: "z") == nil, what)
        #expect(throws: SteleError.self, what) { try recovered.vault.compartment(of: subject) }
        try await house.expectWhole(what)
        return count
    }

    /// Enrols the patient who is erased later, with one record.
    private static func admit(_ house: MemoryHouse) async throws -> SubjectID {
        let custodian = try #require(house.custodian)
        let enrolment = try await custodian.enrol(
            SubjectDraft(
                patient: "z", displayName: "Z", consentKey: SigningKey.random(from: house.disk.random).publicKey,
                organisation: custodian.organisation))
        let text = MemoryHouse.result("z1", 1).replacing("Patient/p", with: "Patient/z")
        _ = try await custodian.write([Submission(try Resource(parsing: Array(text.utf8)))], patient: "z")
        return enrolment.subject.id
    }
}
