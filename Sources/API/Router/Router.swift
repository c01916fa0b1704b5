// API · finds the route of a request.
internal import HTTPServer
internal import Primitives

/// Routes by the first segment of their path.
struct Router: Sendable {
    /// What was found for a request.
    enum Match: Sendable {
        case route(Route, PathParameters)
        /// The path exists, with these methods only.
        case otherMethods([Route.Method])
        case nothing
    }

    let routes: [Route]
    private let groups: [String: [Route]]

    init(_ routes: [Route]) {
        self.routes = routes
        groups = Dictionary(grouping: routes) { route in
            guard case .literal(let first)? = route.pattern.parts.first else {
                preconditionFailure("a path begins with a word")
            }
            return first
        }
    }

    /// The route for `method` and a path of `segments`. `HEAD` is answered as `GET`; the server leaves the body out.
    func match(_ method: String, _ segments: [String]) -> Match {
        let wanted = Route.Method(rawValue: method == "HEAD" ? "GET" : method)
        var others: [Route.Method] = []
        for route in segments.first.flatMap({ groups[$0] }) ?? [] {
            guard let parameters = route.pattern.match(segments) else { continue }
            if route.method == wanted { return .route(route, parameters) }
            others.append(route.method)
        }
        return others.isEmpty ? .nothing : .otherMethods(others)
    }
}
