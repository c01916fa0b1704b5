import Primitives
import Testing

@Suite struct SteleErrorTests {
    @Test func saysItsCodeAndCause() {
        let bare = SteleError(.cborMalformed, "the bytes end early", hint: "send them whole")
        #expect(bare.description == "cbor.malformed: the bytes end early")
        let caused = SteleError(.cborMalformed, "the bytes end early", hint: "send them whole", cause: "byte 7")
        #expect(caused.description == "cbor.malformed: the bytes end early (byte 7)")
        #expect("\(caused.code)" == "cbor.malformed")
    }
}
