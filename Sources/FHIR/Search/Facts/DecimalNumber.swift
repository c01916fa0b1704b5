// FHIR · decimal numbers compared digit by digit, as exactly as they are written.

/// A number as JSON writes it, exact however many digits it has.
///
/// Source: FHIR R4 §2.24.0.1, `decimal`: no precision is lost. Numbers are equal if they mean the same: `1.50` is
/// `1.5`.
struct DecimalNumber: Hashable, Sendable {
    /// Largest exponent, either way, that is understood.
    static let exponentMax = 1_000_000

    private let isNegative: Bool
    /// Digits 0–9 without zeros at either end; none for zero.
    private let digits: [UInt8]
    /// The power of ten of the first digit.
    private let magnitude: Int

    /// The number written as `text`, or nil if it is none.
    init?(_ text: String) {
        guard let parts = DecimalText(text) else { return nil }
        self.init(isNegative: parts.isNegative, parts.digits, exponent: parts.exponent)
    }

    init(isNegative: Bool, _ digits: [UInt8], exponent: Int) {
        let leading = digits.prefix { $0 == 0 }.count
        let trailing = digits.reversed().prefix { $0 == 0 }.count
        self.digits = leading == digits.count ? [] : Array(digits[leading..<(digits.count - trailing)])
        self.isNegative = isNegative && !self.digits.isEmpty
        magnitude = self.digits.isEmpty ? 0 : digits.count - leading - 1 + exponent
    }
}

extension DecimalNumber: Comparable {
    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Without regard to signs.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if magnitude != other.magnitude { return magnitude < other.magnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

/// A number's text taken apart: its digits as written, and the power of ten of the last one.
struct DecimalText: Sendable {
    let isNegative: Bool
    let digits: [UInt8]
    let exponent: Int
    /// Whether it was written with a power of ten.
    let hasExponent: Bool

    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        var digits: [UInt8] = []
        var fraction: Int?
        while let byte = rest.first {
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
                digits.append(byte - UInt8(ascii: "0"))
                if let places = fraction { fraction = places + 1 }
            } else if byte == UInt8(ascii: "."), fraction == nil, !digits.isEmpty {
                fraction = 0
            } else {
                break
            }
            rest.removeFirst()
        }
        guard !digits.isEmpty, fraction != 0 else { return nil }
        var power = 0
        hasExponent = rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E")
        if hasExponent {
            guard let number = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
                abs(number) <= DecimalNumber.exponentMax
            else { return nil }
            power = number
        } else if !rest.isEmpty {
            return nil
        }
        self.digits = digits
        exponent = power - (fraction ?? 0)
    }

    /// The number itself.
    var number: DecimalNumber { DecimalNumber(isNegative: isNegative, digits, exponent: exponent) }

    /// The numbers that are the same to this many digits: from `low` up to, and without, `high`.
    ///
    /// `100` means 99.5 to 100.5, `100.00` means 99.995 to 100.005. With a power of ten the last digit counts for one
    /// place less: `1e2` means 95 to 105. Source: FHIR R4 §3.1.1.4.6, whose examples these are.
    var bounds: (low: DecimalNumber, high: DecimalNumber) {
        let places = hasExponent ? 2 : 1
        let scaled = digits + Array(repeating: 0, count: places)
        return (shifted(scaled, places, up: isNegative), shifted(scaled, places, up: !isNegative))
    }

    /// The numbers within a tenth of this one, either way. Source: FHIR R4 §3.1.1.4.6, prefix `ap`.
    var vicinity: (low: DecimalNumber, high: DecimalNumber) {
        let tenth = [0] + digits
        let scaled = digits + [0]
        func moved(up: Bool) -> DecimalNumber {
            DecimalNumber(
                isNegative: isNegative, up ? Self.sum(scaled, tenth) : Self.difference(scaled, tenth),
                exponent: exponent - 1)
        }
        return (moved(up: isNegative), moved(up: !isNegative))
    }

    /// The number five units of its last place away from zero, or towards it and, from zero, beyond.
    private func shifted(_ scaled: [UInt8], _ places: Int, up: Bool) -> DecimalNumber {
        let five = Array(repeating: UInt8(0), count: scaled.count - 1) + [5]
        if up {
            return DecimalNumber(isNegative: isNegative, Self.sum(scaled, five), exponent: exponent - places)
        }
        if digits.allSatisfy({ $0 == 0 }) {
            return DecimalNumber(isNegative: !isNegative, five, exponent: exponent - places)
        }
        return DecimalNumber(isNegative: isNegative, Self.difference(scaled, five), exponent: exponent - places)
    }

    /// Digits of equal number added.
    private static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var carry: UInt8 = 0
        var sum = [UInt8](repeating: 0, count: left.count + 1)
        for index in left.indices.reversed() {
            let digit = left[index] + right[index] + carry
            sum[index + 1] = digit % 10
            carry = digit / 10
        }
        sum[0] = carry
        return sum
    }

    /// Digits of equal number, the smaller taken from the greater.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var borrow: UInt8 = 0
        var difference = left
        for index in left.indices.reversed() {
            let taken = right[index] + borrow
            borrow = left[index] < taken ? 1 : 0
            difference[index] = left[index] + 10 * borrow - taken
        }
        return difference
    }
}
