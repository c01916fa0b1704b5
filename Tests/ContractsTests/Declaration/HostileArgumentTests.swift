// ContractsTests · every call against arguments that are cut, damaged, swapped, padded or of the wrong type.
import Contracts
import Primitives
import SteleTesting
import Testing

@Suite struct HostileArgumentTests {
    static let calls = CallSurfaceTests.calls

    /// Refused, or accepted as exactly these bytes: there is never a second spelling.
    private func isRefusedOrExact(_ bytes: [UInt8], of call: AnyCallDeclaration) throws -> Bool {
        guard (try? call.check(arguments: bytes)) != nil else { return true }
        return try call.arguments(from: try call.json(ofArguments: bytes)) == bytes
    }

    private func isRefused(_ bytes: [UInt8], of call: AnyCallDeclaration) -> Bool {
        do {
            try call.check(arguments: bytes)
            return false
        } catch {
            return error.code == .contractArguments && !error.message.isEmpty && !error.hint.isEmpty
        }
    }

    @Test(arguments: calls.indices)
    func cutAndDamagedArguments(index: Int) throws {
        let call = Self.calls[index]
        var generator = ArgumentGenerator(seed: 3000 + UInt64(index))
        let bytes = generator.arguments(of: call)
        for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
            #expect(isRefused(Array(bytes[..<count]), of: call))
        }
        #expect(isRefused(bytes + [0xf6], of: call))
        for _ in 0..<400 {
            var damaged = bytes
            let place = Int(generator.number(below: UInt64(bytes.count)))
            damaged[place] = UInt8(generator.number(below: 256))
            #expect(try isRefusedOrExact(damaged, of: call))
        }
    }

    @Test(arguments: calls.indices)
    func fieldsThatAreMissingUnknownOrOfAnotherType(index: Int) throws {
        let call = Self.calls[index]
        var generator = ArgumentGenerator(seed: 4000 + UInt64(index))
        let bytes = generator.arguments(of: call)
        let fields = try Self.entries(of: bytes)
        for place in fields.indices {
            let descriptor = try #require(call.arguments.first { $0.key == fields[place].key })
            if !descriptor.isOptional {
                var fewer = fields
                fewer.remove(at: place)
                #expect(isRefused(Self.map(fewer), of: call))
            }
            // A negative integer, a text, a null, a float, a tag and an indefinite array fit no field.
            for wrong: [UInt8] in [
                [0x20], [0x63, 0x41, 0x20, 0x42], [0xf6], [0xf9, 0x3c, 0], [0xc0, 0x60], [0x9f, 0xff],
            ] {
                var changed = fields
                changed[place].value = wrong
                #expect(isRefused(Self.map(changed), of: call))
            }
        }
        for key: UInt64 in [0, 24, 255, .max] {
            let extra = (fields + [(key, [0x00])]).sorted { $0.key < $1.key }
            #expect(isRefused(Self.map(extra), of: call))
        }
        #expect(isRefused(Self.map(fields.reversed()), of: call) || fields.count == 1)
        #expect(isRefused([0xa0], of: call))
        #expect(isRefused([0x80], of: call))
        #expect(isRefused([], of: call))
    }

    @Test func liesAboutSizesAllocateNothing() {
        // Heads that claim more than the input holds, at every depth a call has.
        for call in Self.calls {
            for major: UInt8 in [0x40, 0x60, 0x80, 0xa0] {
                for claim: [UInt8] in [[0x1a, 0xff, 0xff, 0xff, 0xff], [0x1b] + Array(repeating: 0x7f, count: 8)] {
                    let lie = [major | claim[0]] + claim.dropFirst()
                    #expect(isRefused(lie, of: call))
                    #expect(isRefused([0xa1, 0x01] + lie, of: call))
                    #expect(
                        isRefused([0xa2, 0x01, 0x58, 0x20] + [UInt8](repeating: 7, count: 32) + [0x02] + lie, of: call))
                }
            }
        }
    }

    // MARK: - Maps in pieces

    private static func entries(of bytes: [UInt8]) throws -> [(key: UInt64, value: [UInt8])] {
        var reader = CBORReader(bytes)
        var entries: [(key: UInt64, value: [UInt8])] = []
        for _ in 0..<(try reader.readMapCount()) {
            let key = try reader.readKey(after: nil)
            entries.append((key, Array(bytes[try reader.readItem()])))
        }
        return entries
    }

    private static func map(_ entries: [(key: UInt64, value: [UInt8])]) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(mapCount: entries.count)
        for (key, value) in entries {
            writer.write(key)
            writer.write(encoded: value)
        }
        return writer.bytes
    }
}
