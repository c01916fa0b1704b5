// ContractsTests · the declarations as a whole: names and numbers that nobody may give twice.
import Contracts
import Primitives
import Testing

@Suite struct DeclarationTests {
    private let calls = Contract.all.flatMap(\.calls)

    @Test func callsAreNamedForTheirContract() {
        #expect(Set(calls.map(\.name)).count == calls.count)
        for contract in Contract.all {
            #expect(!contract.calls.isEmpty && !contract.rows.isEmpty)
            for call in contract.calls {
                #expect(call.contractName == contract.name)
                #expect(call.name.wholeMatch(of: /[a-z]+\.[a-z]+(_[a-z]+)*/) != nil)
                #expect(Contract.call(named: call.name)?.name == call.name)
            }
        }
        #expect(calls.count == 28)
    }

    @Test func statusesAndCodesAreUnique() {
        let refusals = Set(Contract.all.flatMap(\.refusals))
        #expect(Set(refusals.map(\.status)).count == refusals.count)
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        for refusal in refusals {
            #expect((1...239).contains(refusal.status))
            #expect(Contract.refusal(status: refusal.status) == refusal)
            #expect(refusal.code.name.wholeMatch(of: /[a-z_]+\.[a-z_]+/) != nil)
            #expect(!refusal.message.isEmpty && !refusal.hint.isEmpty)
        }
        #expect(Contract.refusal(status: 0) == nil)
    }

    @Test func fieldsAreNamedOnceInARecord() {
        func check(_ fields: [FieldDescriptor], _ place: String) {
            #expect(Set(fields.map(\.name)).count == fields.count, "\(place)")
            for field in fields {
                #expect(field.name.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil)
                #expect(!field.summary.isEmpty)
                switch field.type {
                case .record(let inner), .list(.record(let inner), _): check(inner, place + "." + field.name)
                default: break
                }
            }
        }
        for call in calls {
            check(call.arguments, call.name)
            check(call.result, call.name)
        }
        for row in Contract.all.flatMap(\.rows) { check(row.fields, row.key) }
    }

    @Test func noArgumentHoldsFreeText() {
        // Names of organisations are the only text, and only the network contract takes one.
        func holdsName(_ type: FieldType) -> Bool {
            switch type {
            case .name: true
            case .list(let type, _): holdsName(type)
            case .record(let fields): fields.contains { holdsName($0.type) }
            default: false
            }
        }
        for call in calls where holdsName(.record(call.arguments)) { #expect(call.name == "network.add_organisation") }
    }
}
