// API · instants as HTTP writes them.
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
}
