// FHIR · the generated table of structures, read.

/// Reads ``StructureTable``. What it cannot read is a bug, since the table is part of the program.
///
/// ```
/// line     = primitives / any / codes / type / element / owners, continued by lines that begin with a space
/// primitives = "%" name *(SP name)
/// any      = "&" name *(SP name)                  the types that the word "any" stands for
/// codes    = "$" name ["!" SP system] *(SP code)  allowed by required bindings; with "!" for concepts of one system
/// type     = "=" name [SP base]                   its elements follow
/// element  = name ["[x]"] SP cardinality SP types [SP flags] [SP ">" *(SP target)]
/// cardinality = "?" / "1" / "*" / "+"             0..1, 1..1, 0..*, 1..*
/// types    = "any" / "." / name *("|" name) ["=" codes]   "." is the type of the element's own path
/// flags    = ["s"] ["m"]                          part of the summary, modifier
/// owners   = "@" resource 1*(SP path)             elements that may refer to a patient, the owner's first
/// ```
struct StructureParser {
    private(set) var types: [Definitions.TypeRecord] = []
    private(set) var elements: [Definitions.ElementRecord] = []
    private(set) var entries: [Definitions.Entry] = []
    private(set) var typeNames = NameTable()
    private(set) var memberNames = NameTable()
    private(set) var codeLists: [Definitions.CodeList] = []
    private(set) var codes = NameTable()
    private(set) var patientPaths: [ResourceType: [String]] = [:]
    private var anyTypes: [Int] = []
    private var listNumbers: [String: Int] = [:]
    private var baseNames: [String?] = []
    private var completed: Set<Int> = []

    mutating func read(_ text: String) {
        let lines = Self.lines(of: text)
        for line in lines { declare(line) }
        var current = 0
        for line in lines {
            switch line.first {
            case "%", "$": break
            case "&": anyTypes = line.dropFirst().split(separator: " ").map { type(String($0)) }
            case "=": current = type(Self.name(of: line))
            case "@": readOwners(line)
            default: readElement(line, in: current)
            }
        }
        for number in types.indices { complete(number) }
    }

    /// The number of the type called `name`.
    func type(_ name: String) -> Int {
        guard let number = typeNames.find(name, scope: 0) else { preconditionFailure("the table knows its types") }
        return number
    }

    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix(" ") { lines[lines.count - 1] += line } else { lines.append(String(line)) }
        }
        return lines
    }

    private static func name(of line: String) -> String {
        String(line.dropFirst().prefix { $0 != " " })
    }

    /// Types and lists first: elements name those that come later, too.
    private mutating func declare(_ line: String) {
        switch line.first {
        case "%": for name in line.dropFirst().split(separator: " ") { declareType(String(name), base: nil) }
        case "=": declareType(Self.name(of: line), base: line.split(separator: " ").dropFirst().first.map(String.init))
        case "$":
            let words = line.dropFirst().split(separator: " ").map(String.init)
            let isOfConcepts = words[0].hasSuffix("!")
            listNumbers[words[0]] = codeLists.count
            for code in words.dropFirst(isOfConcepts ? 2 : 1) { codes.append(code, scope: codeLists.count) }
            codeLists.append(Definitions.CodeList(name: words[0], system: isOfConcepts ? words[1] : nil))
        default: break
        }
    }

    private mutating func declareType(_ name: String, base: String?) {
        typeNames.append(name, scope: 0)
        types.append(Definitions.TypeRecord(name: name, isConcreteResource: ResourceType(name: name) != nil))
        baseNames.append(base)
    }

    private mutating func readOwners(_ line: String) {
        guard let type = ResourceType(name: Self.name(of: line)) else { preconditionFailure("owners have a type") }
        patientPaths[type] = line.split(separator: " ").dropFirst().map(String.init)
    }

    private mutating func readElement(_ line: String, in owner: Int) {
        let parts = line.split(separator: ">")
        let words = parts[0].split(separator: " ").map(String.init)
        let targets = parts.count > 1 ? parts[1].split(separator: " ").map { type(String($0)) } : []
        let isChoice = words[0].hasSuffix("[x]")
        let name = isChoice ? String(words[0].dropLast(3)) : words[0]
        let kinds = words[2].split(separator: "=")
        let flags = words.count > 3 ? words[3] : ""
        let types: [Int] =
            switch kinds[0] {
            case "any": anyTypes
            case ".": [type(self.types[owner].name + "." + name)]
            default: kinds[0].split(separator: "|").map { type(String($0)) }
            }
        elements.append(
            Definitions.ElementRecord(
                name: name, isChoice: isChoice, isRequired: words[1] == "1" || words[1] == "+",
                isRepeating: words[1] == "*" || words[1] == "+", isSummary: flags.contains("s"),
                isModifier: flags.contains("m"), types: types, targets: Set(targets),
                codes: kinds.count > 1 ? listNumbers[String(kinds[1])] : nil))
        self.types[owner].elements.append(elements.count - 1)
    }

    /// Puts the elements of its bases before a type's own, and every spelling into the table of members.
    private mutating func complete(_ number: Int) {
        guard completed.insert(number).inserted else { return }
        if let name = baseNames[number] {
            let base = type(name)
            complete(base)
            types[number].base = base
            types[number].elements = types[base].elements + types[number].elements
        }
        for (ordinal, element) in types[number].elements.enumerated() {
            let record = elements[element]
            precondition(ordinal < UInt64.bitWidth, "the elements of a type have a bit each")
            if record.isRequired { types[number].required |= 1 << UInt64(ordinal) }
            for type in record.types {
                let typeName = types[type].name
                memberNames.append(
                    record.isChoice
                        ? record.name + typeName.prefix(1).uppercased() + typeName.dropFirst() : record.name,
                    scope: number)
                entries.append(
                    Definitions.Entry(
                        element: UInt16(element), type: UInt16(type), ordinal: UInt8(ordinal),
                        isRepeating: record.isRepeating, isChoice: record.isChoice,
                        primitive: PrimitiveType(rawValue: typeName)))
            }
        }
    }
}
