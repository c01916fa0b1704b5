// Leaks · how people and programs write a day.

/// The spellings of the days of some years.
enum DateSpellings {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// How many spellings a day has at most.
    static let countMax = 18

    /// Calls `body` with each spelling of each day of `years`, and of each month as `1980-05`. Days of six digits, such
    /// as `120580`, are numbers and not told here.
    static func forEach(in years: ClosedRange<Int>, _ body: ([UInt8]) -> Void) {
        for year in years {
            let y = digits(year, 4)
            for month in 1...12 {
                let m = digits(month, 2)
                body(y + dash + m)
                for day in 1...dayCount(month, year) { spell(y, m, digits(day, 2), month, body) }
            }
        }
    }

    private static func spell(
        _ y: [UInt8], _ m: [UInt8], _ d: [UInt8], _ month: Int, _ body: ([UInt8]) -> Void
    ) {
        for separator in [dash, slash, dot, [UInt8]()] {
            body(y + separator + m + separator + d)
            body(d + separator + m + separator + y)
            body(m + separator + d + separator + y)
        }
        body(y + dash + m + dash + d + Array("T00:00:00Z".utf8))
        let (shortDay, shortMonth) = (Array(d.drop { $0 == zero }), Array(m.drop { $0 == zero }))
        if shortDay.count + shortMonth.count < 4 {
            body(shortDay + slash + shortMonth + slash + y)
            body(shortMonth + slash + shortDay + slash + y)
            body(shortDay + dot + shortMonth + dot + y)
        }
        let name = Array(monthNames[month - 1].utf8)
        body(shortDay + space + name + space + y)
        body(name + space + shortDay + comma + space + y)
        body(d + dash + Array(name.prefix(3)) + dash + y)
    }

    private static let (dash, slash, dot, space, comma) = (
        Array("-".utf8), Array("/".utf8), Array(".".utf8), Array(" ".utf8), Array(",".utf8)
    )
    private static let zero = UInt8(ascii: "0")

    /// How many days month `month` of `year` has.
    private static func dayCount(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `number` in `count` digits.
    static func digits(_ number: Int, _ count: Int) -> [UInt8] {
        var digits = [UInt8](repeating: zero, count: count)
        var rest = number
        for place in digits.indices.reversed() {
            digits[place] = zero + UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }
}
