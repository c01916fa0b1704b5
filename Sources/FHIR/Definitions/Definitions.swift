// FHIR · what the types of R4 are made of.

/// Every resource type, data type and primitive of FHIR R4 with its elements, the short lists of codes that elements
/// are bound to, and the patient compartment. Read from ``StructureTable`` when first asked for.
package final class Definitions: Sendable {
    /// The definitions of R4 (4.0.1).
    package static let r4 = Definitions(parsing: StructureTable.text)

    /// A type as it is kept: elements by number, those of its base first.
    struct TypeRecord: Sendable {
        let name: String
        /// Whether it is the type of a resource that can be there.
        let isConcreteResource: Bool
        var base: Int?
        var elements: [Int] = []
        /// Bits of the elements that must be there, counted as in `elements`.
        var required: UInt64 = 0
    }

    /// An element as it is kept.
    struct ElementRecord: Sendable {
        let name: String
        let isChoice: Bool
        let isRequired: Bool
        let isRepeating: Bool
        let isSummary: Bool
        let isModifier: Bool
        let types: [Int]
        /// Numbers of the resource types that a reference may name; empty for any.
        let targets: Set<Int>
        /// The list that its codes are from, or nil.
        let codes: Int?
    }

    /// What one member of a JSON object is: an element, or one spelling of a choice.
    struct Entry: Sendable {
        let element: UInt16
        /// Its type, or the one that its spelling chooses.
        let type: UInt16
        /// Its place among the elements of the type that has it.
        let ordinal: UInt8
        let isRepeating: Bool
        let isChoice: Bool
        let primitive: PrimitiveType?
    }

    /// Codes that a required binding allows. Its codes are in ``codes``, under its number.
    struct CodeList: Sendable {
        let name: String
        /// The code system, where the list is for concepts and not for codes.
        let system: String?
    }

    let types: [TypeRecord]
    let elements: [ElementRecord]
    let entries: [Entry]
    /// Types by name, all in scope 0.
    let typeNames: NameTable
    /// Members of the objects of a type, the type's number being the scope. Numbers are those of `entries`.
    let memberNames: NameTable
    let codeLists: [CodeList]
    /// Codes of lists, the list's number being the scope.
    let codes: NameTable
    /// Paths from a resource to elements that may refer to a patient, the owner's first.
    let patientPaths: [ResourceType: [String]]
    /// Types the validator treats in a way of their own.
    let wellKnown: WellKnownTypes

    /// Numbers of types that have rules beyond their elements.
    struct WellKnownTypes: Sendable {
        let element, resource, reference, extensionType, codeableConcept: Int
    }

    init(parsing text: String) {
        var parser = StructureParser()
        parser.read(text)
        types = parser.types
        elements = parser.elements
        entries = parser.entries
        typeNames = parser.typeNames
        memberNames = parser.memberNames
        codeLists = parser.codeLists
        codes = parser.codes
        patientPaths = parser.patientPaths
        wellKnown = WellKnownTypes(
            element: parser.type("Element"), resource: parser.type("Resource"), reference: parser.type("Reference"),
            extensionType: parser.type("Extension"), codeableConcept: parser.type("CodeableConcept"))
    }

    /// The type called `name`: `Patient`, `HumanName`, `string`, or one within another such as `Patient.contact`.
    package func type(named name: String) -> TypeDefinition? {
        typeNames.find(name, scope: 0).map { TypeDefinition(definitions: self, number: $0) }
    }

    /// The definition of a resource type.
    package subscript(_ type: ResourceType) -> TypeDefinition {
        guard let definition = self.type(named: type.name) else {
            preconditionFailure("every resource type is defined")
        }
        return definition
    }
}
