// FHIR · one type of R4.

/// A resource type, a data type, a primitive, or the type of an element that holds others.
package struct TypeDefinition: Sendable {
    let definitions: Definitions
    let number: Int

    private var record: Definitions.TypeRecord { definitions.types[number] }

    /// Its name; of the type of an element, the path of the element: `Patient.contact`.
    package var name: String { record.name }

    /// The type it adds elements to; nil for `Element`, `Resource` and primitives.
    package var base: TypeDefinition? { record.base.map { TypeDefinition(definitions: definitions, number: $0) } }

    /// The primitive it is, or nil.
    package var primitive: PrimitiveType? { PrimitiveType(rawValue: name) }

    /// The resource type it is, or nil.
    package var resource: ResourceType? { ResourceType(name: name) }

    /// Its elements in the order of the standard, those of its base first.
    package var elements: [ElementDefinition] {
        record.elements.map { ElementDefinition(definitions: definitions, number: $0, type: nil) }
    }

    /// The element that the member `name` of a JSON object is, or nil. A choice is found by its spellings only:
    /// `valueQuantity`, for which ``ElementDefinition/types`` is the one chosen.
    /// - Complexity: O(1) but for the length of the name.
    package func element(_ name: String) -> ElementDefinition? {
        definitions.memberNames.find(name, scope: number).map { found in
            let entry = definitions.entries[found]
            return ElementDefinition(definitions: definitions, number: Int(entry.element), type: Int(entry.type))
        }
    }
}

/// An element of a type.
package struct ElementDefinition: Sendable {
    let definitions: Definitions
    let number: Int
    /// The type that a spelling chooses, or nil for the element with all its types.
    let type: Int?

    private var record: Definitions.ElementRecord { definitions.elements[number] }

    /// Its name; of a choice the part before the type, `value`.
    package var name: String { record.name }

    /// Whether it is a choice of types, written `value[x]` in the standard.
    package var isChoice: Bool { record.isChoice }

    /// Whether it must be there.
    package var isRequired: Bool { record.isRequired }

    /// Whether it may repeat, and so is an array in JSON.
    package var isRepeating: Bool { record.isRepeating }

    /// Whether it is part of a resource's summary. Source: FHIR R4 §3.1.1.5.9.
    package var isSummary: Bool { record.isSummary }

    /// Whether it changes what the resource means.
    package var isModifier: Bool { record.isModifier }

    /// The types it may have.
    package var types: [TypeDefinition] {
        (type.map { [$0] } ?? record.types).map { TypeDefinition(definitions: definitions, number: $0) }
    }

    /// The resource types that a reference may name, in no order; empty if it may name any or is none.
    package var targets: [ResourceType] {
        record.targets.compactMap { TypeDefinition(definitions: definitions, number: $0).resource }
    }
}
