// API · instants as HTTP writes them.
internal import FHIR
internal import Primitives

/// `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110 §5.6.7.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday.
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `time` in whole seconds.
    static func text(_ time: Timestamp) -> String {
        let day = days[Int(time.seconds / 86_400 % 7)]
        let parts = time.description.split { "-T:.Z".contains($0) }
        guard parts.count == 7, let month = Int(parts[1]) else {
            preconditionFailure("an instant is written as RFC 3339")
        }
        return "\(day), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    /// The whole seconds since 1970 that `text` names in the form of ``text(_:)``, or nil.
    static func seconds(_ text: String) -> UInt64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(where: { $0 == parts[2] }) else {
            return nil
        }
        let date = "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z"
        return DateTime(date).flatMap { UInt64(exactly: $0.start / 1000) }
    }
}
