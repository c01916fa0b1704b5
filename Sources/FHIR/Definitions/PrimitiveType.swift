// FHIR · the data types that are one JSON value.

/// A primitive data type of FHIR R4. Source: FHIR R4 §2.24.0.1.
package enum PrimitiveType: String, CaseIterable, Hashable, Sendable {
    case base64Binary, boolean, canonical, code, date, dateTime, decimal, id, instant, integer, markdown, oid
    case positiveInt, string, time, unsignedInt, uri, url, uuid, xhtml

    /// How a value of the type is written in JSON.
    package enum Form: Hashable, Sendable { case boolean, number, string }

    /// How a value of the type is written in JSON. Source: FHIR R4 §2.6.2.2.
    package var form: Form {
        switch self {
        case .boolean: .boolean
        case .decimal, .integer, .positiveInt, .unsignedInt: .number
        default: .string
        }
    }
}
