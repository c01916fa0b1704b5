// FHIR · a bundle taken apart, each resource byte for byte.
public import JSON
public import Primitives

/// A FHIR R4 Bundle as its type and entries. Source: FHIR R4 §2.36.
public struct Bundle: Sendable {
    /// What a bundle is for.
    public enum Kind: String, Hashable, Sendable {
        case document, message, transaction, batch, history, searchset, collection
        case transactionResponse = "transaction-response"
        case batchResponse = "batch-response"
    }

    /// What a transaction or batch asks for one entry.
    public struct Request: Hashable, Sendable {
        /// The HTTP verbs of R4.
        public enum Method: String, Hashable, Sendable { case GET, HEAD, POST, PUT, DELETE, PATCH }
        /// The verb.
        public let method: Method
        /// The place, relative to the server: `Patient`, `Patient/p1`.
        public let url: String
        /// Do this only if the version is this one.
        public let ifMatch: String?
        /// Do this only if this search finds nothing.
        public let ifNoneExist: String?
        /// Do this only if the version is none of these.
        public var ifNoneMatch: String?
        /// Send it only if it changed since.
        public var ifModifiedSince: String?
    }

    /// One entry.
    public struct Entry: Sendable {
        /// The resource's absolute URL or `urn:uuid:`, by which entries refer to each other.
        public let fullURL: String?
        /// The resource, if the entry has one that passes the basic checks.
        public let resource: Resource?
        /// Why the entry's resource does not pass them; in a transaction the bundle is refused instead.
        public let fault: SteleError?
        /// What is asked, in a transaction or batch.
        public let request: Request?
        /// What the entry says was deleted, if it is one of a history that says so.
        public let deletion: Reference?

        /// An entry that is a resource and nothing else.
        public init(_ resource: Resource) {
            fullURL = nil
            self.resource = resource
            fault = nil
            request = nil
            deletion = nil
        }

        /// An entry whose resource could not be read.
        public init(fault: SteleError) {
            fullURL = nil
            resource = nil
            self.fault = fault
            request = nil
            deletion = nil
        }
    }

    /// What the bundle is for.
    public let kind: Kind
    /// Its entries, in order.
    public let entries: [Entry]
    private let positions: [String: Int]

    /// A collection of `entries`.
    public init(collecting entries: [Entry]) {
        kind = .collection
        self.entries = entries
        positions = [:]
    }

    /// The bundle that `bytes` are.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(SteleError) {
        try self.init(try Resource(parsing: bytes, limits: limits))
    }

    /// The bundle that `bytes` are, taken for its entries only: each is checked by itself and may fail alone, and what
    /// the bundle says besides is not looked at.
    /// - Throws: code `json.…` or `bundle.malformed`.
    public init(importing bytes: [UInt8]) throws(SteleError) {
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw error.asSteleError
        }
        guard root["resourceType"]?.isString("Bundle") ?? false else {
            throw Self.malformed("it is a Bundle with a type of R4", root)
        }
        try self.init(root, isWhole: false)
    }

    /// The bundle that `resource` is.
    /// - Throws: code `bundle.malformed`, or what ``Resource`` says of an entry.
    public init(_ resource: Resource) throws(SteleError) {
        guard resource.type == .bundle else { throw Self.malformed("it is a Bundle with a type of R4", resource.node) }
        try self.init(resource.node, isWhole: nil)
    }

    /// - Parameter isWhole: whether a resource that cannot be read is an error of the bundle; nil if it is in a
    ///   transaction.
    private init(_ root: JSONNode, isWhole: Bool?) throws(SteleError) {
        guard let kind = root["type"]?.string.flatMap({ Kind(rawValue: $0) }) else {
            throw Self.malformed("it is a Bundle with a type of R4", root)
        }
        var entries: [Entry] = []
        entries.reserveCapacity(root["entry"]?.count ?? 0)
        for node in root["entry"].map({ Array($0.elements) }) ?? [] {
            entries.append(try Entry(node, isWhole: isWhole ?? (kind == .transaction)))
        }
        var positions: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            guard let url = entry.fullURL else { continue }
            // A history or a search lists versions of one URL; there the first stands for it.
            let isRepeated = positions[url] != nil
            guard !isRepeated || isWhole == false || (kind != .transaction && kind != .batch) else {
                throw Self.malformed("a transaction names each fullUrl once", root)
            }
            if !isRepeated { positions[url] = index }
        }
        self.kind = kind
        self.entries = entries
        self.positions = positions
    }

    /// The type and id of the resource that the entry `node` of a history says was deleted, or nil if it says no such
    /// thing: it has no resource and its request is a `DELETE` of it. Source: FHIR R4 §3.1.0.13.
    public static func deletion(in node: JSONNode) -> Reference? {
        guard node["resource"] == nil, let request = node["request"], request["method"]?.isString("DELETE") ?? false
        else { return nil }
        return [request["url"], node["fullUrl"]].lazy.compactMap { $0?.string }.map { Reference($0) }
            .first { $0.relative != nil }
    }

    static func malformed(_ rule: String, _ node: JSONNode) -> SteleError {
        SteleError(
            .bundleMalformed, "the bundle breaks a rule at byte \(node.sourceRange.lowerBound): \(rule)",
            hint: "correct the bundle at that place and send it again")
    }
}

extension Bundle.Entry {
    /// - Parameter isWhole: whether a resource that cannot be read is an error of the bundle.
    fileprivate init(_ node: JSONNode, isWhole: Bool) throws(SteleError) {
        guard node.kind == .object else { throw Bundle.malformed("an entry is an object", node) }
        if let url = node["fullUrl"] {
            guard let text = url.string else { throw Bundle.malformed("fullUrl is a string", url) }
            fullURL = text
        } else {
            fullURL = nil
        }
        var resource: Resource?
        var fault: SteleError?
        if let node = node["resource"] {
            do throws(SteleError) {
                resource = try Resource(node)
            } catch {
                guard !isWhole else { throw error }
                fault = error
            }
        }
        self.resource = resource
        self.fault = fault
        if let request = node["request"] {
            guard let method = request["method"]?.string.flatMap({ Bundle.Request.Method(rawValue: $0) }),
                let url = request["url"]?.string
            else { throw Bundle.malformed("a request has a method and a url", request) }
            self.request = Bundle.Request(
                method: method, url: url, ifMatch: request["ifMatch"]?.string,
                ifNoneExist: request["ifNoneExist"]?.string, ifNoneMatch: request["ifNoneMatch"]?.string,
                ifModifiedSince: request["ifModifiedSince"]?.string)
        } else {
            request = nil
        }
        deletion = Bundle.deletion(in: node)
    }
}

// MARK: - References between entries
extension Bundle {
    /// The index of the entry that `reference`, found in the entry at `index`, names; nil if none does.
    ///
    /// A relative reference is completed with the base of the referring entry's own `fullUrl`. Source: R4 §2.36.4.1.
    public func entry(named reference: Reference, from index: Int) -> Int? {
        if let found = positions[reference.text] { return found }
        guard let relative = reference.relative, let own = entries[index].fullURL,
            let resource = entries[index].resource, let end = resource.reference?.text, own.hasSuffix("/" + end)
        else { return nil }
        return positions[String(own.dropLast(end.utf8.count)) + relative]
    }

    /// The patient whose record the resource of the entry at `index` is, as `Patient/id`, looked up in this bundle.
    ///
    /// Nil if the resource names none, or names what is no patient here. A resource that only lists other entries, as a
    /// Provenance lists its targets, is of the one patient among them.
    public func subject(of index: Int) -> Reference? {
        guard let resource = entries[index].resource else { return nil }
        guard let reference = resource.subjectReference else { return onlyPatient(namedBy: resource, at: index) }
        guard let found = entry(named: reference, from: index) else { return reference.isURN ? nil : reference }
        guard let patient = entries[found].resource, patient.type == .patient else { return nil }
        return patient.reference ?? reference
    }

    private func onlyPatient(namedBy resource: Resource, at index: Int) -> Reference? {
        var found: Reference?
        for element in PatientCompartment.elements(of: resource.type) {
            for value in element.path.values(in: resource.node) {
                guard let reference = Reference(value), let place = entry(named: reference, from: index),
                    let patient = entries[place].resource, patient.type == .patient
                else { continue }
                let named = patient.reference ?? reference
                guard found == nil || found?.text == named.text else { return nil }
                found = named
            }
        }
        return found
    }
}

// MARK: - Errors
extension ErrorCode {
    /// The bundle lacks what its kind needs.
    public static let bundleMalformed = ErrorCode("bundle.malformed")
}
