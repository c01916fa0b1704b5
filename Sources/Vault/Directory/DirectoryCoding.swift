// Vault · the parts that several stored values are written with.
internal import Cryptography
internal import Primitives

extension CBORWriter {
    /// Text, or `null`.
    mutating func write(text value: String?) {
        if let value { write(text: value) } else { writeNull() }
    }

    /// Labels as arrays of text, in the order of their encodings.
    mutating func write(labels: some Sequence<Label>) {
        let encodings = labels.map(\.encoded).sorted { $0.lexicographicallyPrecedes($1) }
        write(arrayCount: encodings.count)
        for encoding in encodings { write(encoded: encoding) }
    }

    /// `["EC", curve, x, y]`, `["RSA", n, e]` or `["OKP", x]`.
    mutating func write(_ key: JWKPublicKey) {
        switch key {
        case .ec(let curve, let x, let y):
            write(arrayCount: 4)
            write(text: "EC")
            write(text: curve.rawValue)
            write(bytes: x)
            write(bytes: y)
        case .rsa(let modulus, let exponent):
            write(arrayCount: 3)
            write(text: "RSA")
            write(bytes: modulus)
            write(bytes: exponent)
        case .okp(let point):
            write(arrayCount: 2)
            write(text: "OKP")
            write(point)
        }
    }
}

extension CBORReader {
    /// Text, or `null`.
    mutating func readOptionalText() throws(CBORError) -> String? {
        readNullIfPresent() ? nil : try readText()
    }

    /// Labels as ``CBORWriter/write(labels:)`` writes them.
    mutating func readLabels() throws(CBORError) -> [Label] {
        var labels: [Label] = []
        for _ in 0..<(try readArrayCount()) {
            let start = position
            var parts: [String] = []
            for _ in 0..<(try readArrayCount(1...5)) { parts.append(try readText()) }
            guard let label = Label(parts: parts) else { throw CBORError(.outOfRange, at: start) }
            labels.append(label)
        }
        return labels
    }

    /// A key as ``CBORWriter/write(_:)`` writes it.
    mutating func readPublicKey() throws(CBORError) -> JWKPublicKey {
        let start = position
        let count = try readArrayCount(2...4)
        switch (try readText(), count) {
        case ("EC", 4):
            guard let curve = JWKCurve(rawValue: try readText()) else { throw CBORError(.outOfRange, at: start) }
            return .ec(curve, x: try readBytes(), y: try readBytes())
        case ("RSA", 3): return .rsa(n: try readBytes(), e: try readBytes())
        case ("OKP", 2): return .okp(try readBytes32())
        default: throw CBORError(.outOfRange, at: start)
        }
    }
}
