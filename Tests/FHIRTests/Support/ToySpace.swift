// FHIRTests · a few resources to search.
import FHIR
import Primitives

/// A resource as a search sees it.
struct ToyRecord: SearchRecord {
    let typeName: String
    let logicalID: String
    let facts: SearchFacts
    var lastUpdated = Timestamp(milliseconds: 0)

    init(_ typeName: String, _ logicalID: String, _ facts: SearchFacts) {
        self.typeName = typeName
        self.logicalID = logicalID
        self.facts = facts
    }

    /// The resource written as `text`.
    init(_ text: String) throws {
        let resource = try Resource(text)
        self.init(resource.type.name, resource.id!, try SearchFacts(of: resource))
    }
}

/// Resources to be searched, and others that they may refer to.
struct ToySpace: SearchSpace {
    var records: [ToyRecord]
    var beyond: [ToyRecord] = []

    init(_ records: [ToyRecord], beyond: [ToyRecord] = []) {
        self.records = records
        self.beyond = beyond
    }

    func forEachRecord(of type: ResourceType?, _ body: (ToyRecord) -> Void) {
        for record in records where type == nil || record.typeName == type?.name { body(record) }
    }

    func record(_ type: ResourceType, _ id: String) -> ToyRecord? {
        (records + beyond).first { $0.typeName == type.name && $0.logicalID == id }
    }
}
