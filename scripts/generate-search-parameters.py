#!/usr/bin/env python3
"""Writes the tables that search goes by from the FHIR R4 definitions.

    scripts/generate-search-parameters.py ../shared/data/fhir-definitions/r4-4.0.1

writes Sources/FHIR/Search/Table/SearchParameterTable.swift and FoldingTable.swift and lists what it leaves out. The same
definitions give the same bytes. Needs nothing but Python's standard library.
"""
import json
import lzma
import re
import sys
import unicodedata
from pathlib import Path

RELEASE = "hl7.fhir.r4.core 4.0.1"
TABLES = Path(__file__).resolve().parent.parent / "Sources/FHIR/Search/Table"
KINDS = ["token", "string", "date", "number", "quantity", "reference", "uri"]
# Element types that a parameter of a kind can look at. Anything else is left out and listed.
READABLE = {
    "token": {"code", "Coding", "CodeableConcept", "Identifier", "ContactPoint", "boolean", "string", "id", "uri",
              "canonical"},
    "string": {"string", "markdown", "HumanName", "Address"},
    "date": {"date", "dateTime", "instant", "Period", "Timing"},
    "number": {"decimal", "integer", "positiveInt", "unsignedInt", "Range"},
    "quantity": {"Quantity", "Age", "Duration", "Money", "Range"},
    "reference": {"Reference", "canonical", "uri"},
    "uri": {"uri", "url", "canonical", "oid"},
}
# What an extension without a type of its own may hold, by kind.
EXTENSION_VALUES = {
    "token": ["valueCode", "valueCoding", "valueCodeableConcept", "valueIdentifier", "valueBoolean", "valueString"],
    "string": ["valueString"],
    "reference": ["valueReference"],
}
EXTENSION_TYPES = {"valueCode": "code", "valueBoolean": "boolean", "valueString": "string"}
# Sources of every type have the numbers below this, those of one type begin here.
FIRST_OWN_SOURCE = 8
# Matched by sound, or by place: nothing here does either.
LEFT_OUT = {"phonetic": "matching by sound", "near": "matching by place"}

left_out = []


class Unreadable(Exception):
    pass


def load(folder, name):
    with lzma.open(folder / f"{name}.ndjson.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def lower_first(text):
    return text[0].lower() + text[1:]


class Definitions:
    def __init__(self, folder):
        self.elements = {}
        self.resources = []
        self.value_sets = {v["url"]: v for v in load(folder, "ValueSet")}
        for name in ("resource", "complex-type"):
            for definition in load(folder, f"StructureDefinition-{name}"):
                if definition.get("derivation") == "constraint":
                    continue
                if name == "resource" and not definition["abstract"]:
                    self.resources.append(definition["type"])
                for element in definition["snapshot"]["element"]:
                    self.elements[element["path"]] = element
        self.resources.sort()

    def types(self, path):
        return [t["code"] for t in self.elements[path].get("type", [])]

    def step(self, path, name):
        """The definition path of member `name` of the element at `path`, or None."""
        for _ in range(4):
            for candidate in (f"{path}.{name}", f"{path}.{name}[x]"):
                if candidate in self.elements:
                    return candidate
            element = self.elements.get(path, {})
            if "contentReference" in element:
                path = element["contentReference"][1:]
                continue
            types = self.types(path)
            if len(types) != 1:
                return None
            path = types[0]
        return None

    def leaves(self, start, steps):
        """Member names and type of everything at `steps` below `start`; a choice gives one for each type."""
        found = [(start, [])]
        for name, wanted, condition in steps:
            following = []
            for path, members in found:
                target = self.step(path, name)
                if target is None:
                    raise Unreadable(f"no element {name} in {path}")
                if target.endswith("[x]"):
                    for kind in self.types(target):
                        if wanted is None or kind.lower() == wanted.lower():
                            following.append((target + ":" + kind, members + [name + kind[0].upper() + kind[1:]]))
                else:
                    # `as` on an element with one type says nothing new; another type is never there.
                    kinds = self.types(target)
                    if wanted is not None and wanted not in kinds:
                        continue
                    suffix = "{%s}" % condition if condition else ""
                    following.append((target, members + [name + suffix]))
            found = []
            for path, members in following:
                if ":" in path:
                    base, kind = path.rsplit(":", 1)
                    found.append((kind, members))
                    self.elements.setdefault(kind, {"type": [{"code": kind}]})
                    self.elements.setdefault("binding:" + kind + "".join(members), self.elements[base])
                else:
                    found.append((path, members))
        for path, members in found:
            element = self.elements[path]
            kinds = self.types(path) or [path]
            if len(kinds) != 1:
                raise Unreadable(f"several types at {path}")
            yield members, kinds[0].replace("http://hl7.org/fhirpath/System.String", "id"), element

    def system(self, element):
        """The one code system that a bound code is from, or None."""
        url = element.get("binding", {}).get("valueSet", "").split("|")[0]
        compose = self.value_sets.get(url, {}).get("compose", {})
        systems = {include.get("system") for include in compose.get("include", [])}
        return systems.pop() if len(systems) == 1 and None not in systems else None

    def mandatory(self, name):
        return [p.split(".")[1] for p, e in self.elements.items()
                if p.startswith(name + ".") and p.count(".") == 1 and e["min"] > 0]

    def summary(self, name):
        members = []
        for path, element in self.elements.items():
            if path.startswith(name + ".") and path.count(".") == 1 and element.get("isSummary"):
                own = path.split(".")[1]
                if own.endswith("[x]"):
                    members += [own[:-3] + t["code"][0].upper() + t["code"][1:] for t in element["type"]]
                else:
                    members.append(own)
        return members


def split_top(text, separator):
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += character == "("
        depth -= character == ")"
        if depth == 0 and text.startswith(separator, index):
            parts.append(text[start:index])
            start = index + len(separator)
    return [p.strip() for p in parts + [text[start:]]]


def steps_of(expression):
    """The steps of one path: (name, type or None, condition or None), and the only types its references may have."""
    expression = expression.strip()
    cast = re.fullmatch(r"\((.+) as (\w+)\)((?:\.\w+)*)", expression)
    if cast:
        expression = f"{cast[1]}.as({cast[2]}){cast[3]}"
    steps, only = [], None
    for part in split_top(expression, "."):
        if match := re.fullmatch(r"(?:as|ofType)\((\w+)\)", part):
            steps[-1] = (steps[-1][0], match[1], steps[-1][2])
        elif match := re.fullmatch(r"where\(resolve\(\) is (\w+)\)", part):
            only = match[1]
        elif match := re.fullmatch(r"where\((\w+)\s*=\s*'([\w-]+)'\)", part):
            steps[-1] = (steps[-1][0], steps[-1][1], f"{match[1]}={match[2]}")
        elif match := re.fullmatch(r"extension\('([^']+)'\)", part):
            steps.append(("extension", None, f"url={match[1]}"))
        elif re.fullmatch(r"\w+", part):
            steps.append((part, None, None))
        else:
            raise Unreadable(f"cannot read {part}")
    return steps, only


class TypeTable:
    """The sources and parameters of one resource type."""

    def __init__(self, definitions, name, groups):
        self.definitions, self.name, self.groups = definitions, name, groups
        self.sources, self.lines = [], []

    def sources_of(self, base, expression, kind):
        """The numbers of the sources of one path below `base`, and the type its references must have."""
        if expression.endswith("deceased.exists() and Patient.deceased != false"):
            return [self.number(":deceased")], None
        steps, only = steps_of(expression)
        if steps and steps[0][0][0].isupper():
            steps = steps[1:]
        steps = base + steps
        if steps and steps[-1][0] == "extension":
            condition = steps[-1][2]
            return [self.number(f"extension{{{condition}}}.{value}:{EXTENSION_TYPES.get(value, value[5:])}", kind)
                    for value in EXTENSION_VALUES[kind]], None
        found = []
        for members, type_name, element in self.definitions.leaves(self.name, steps):
            if type_name not in READABLE[kind]:
                left_out.append(f"{self.name}.{'.'.join(members)}: a {kind} that is a {type_name}")
                continue
            path = ".".join(members)
            for group in self.groups:
                if path.startswith(group + "."):
                    path = group + "/" + path[len(group) + 1:]
            system = self.definitions.system(element) if kind == "token" and type_name == "code" else None
            found.append(self.number(f"{path}:{type_name}" + (f"~{system}" if system else ""), kind))
        return found, only

    def number(self, text, kind="token"):
        # The same element read as another kind is another source.
        entry = f"{kind[0]} {text}"
        if entry not in self.sources:
            self.sources.append(entry)
        return self.sources.index(entry) + FIRST_OWN_SOURCE

    def add(self, parameter, expression):
        found, only = [], []
        for part in split_top(expression, "|"):
            part = part.strip()
            if part.startswith("(") and part.endswith(")") and " as " not in part:
                part = part[1:-1]
            # A path that names no type is one of whatever type the parameter is for.
            if part[0] != part[0].lower() and not re.match(rf"{self.name}\b", part):
                continue
            if part[0] == "(" and not re.match(rf"\({self.name}\b", part):
                continue
            try:
                numbers, restriction = self.sources_of([], part, parameter["type"])
            except Unreadable as reason:
                left_out.append(f"{self.name} {parameter['code']}: {reason}")
                continue
            found += [n for n in numbers if n not in found]
            only.append(restriction)
        if not found:
            left_out.append(f"{self.name} {parameter['code']}: nothing to look at")
            return
        line = f"{parameter['code']} {parameter['type']} {','.join(map(str, found))}"
        if parameter["type"] == "reference":
            line += " " + self.targets(parameter, only)
        self.lines.append(line)

    def targets(self, parameter, only):
        if only and all(only):
            return "!" + ",".join(sorted(set(only)))
        targets = sorted(set(parameter.get("target", [])) & set(self.definitions.resources))
        # References to anything list every type of their time, which lacks a few that no reference names.
        if not targets or len(targets) + 4 >= len(self.definitions.resources):
            return "*"
        return ",".join(targets)

    def add_composite(self, parameter, by_url):
        bases = [p.strip() for p in split_top(parameter["expression"], "|")
                 if re.match(rf"{self.name}\b", p.strip())]
        components = []
        try:
            for component in parameter["component"]:
                kind = by_url[component["definition"]]["type"]
                numbers = []
                for base in bases:
                    base_steps = steps_of(base)[0][1:]
                    for part in split_top(component["expression"], "|"):
                        numbers += self.sources_of(base_steps, part, kind)[0]
                if not numbers:
                    raise Unreadable("a component with nothing to look at")
                components.append(f"{kind}:{','.join(map(str, numbers))}")
        except Unreadable as reason:
            left_out.append(f"{self.name} {parameter['code']}: {reason}")
            return
        self.lines.append(f"{parameter['code']} composite {'$'.join(components)}")


def tables(folder):
    definitions = Definitions(folder)
    parameters = load(folder, "SearchParameter")
    by_url = {p["url"]: p for p in parameters}
    by_type = {name: [] for name in definitions.resources}
    for parameter in parameters:
        for base in parameter.get("base", []):
            if base in by_type:
                by_type[base].append(parameter)
    for name in definitions.resources:
        chosen = sorted({p["code"]: p for p in by_type[name]}.values(), key=lambda p: p["code"])
        # Elements that a composite looks into: their values say which of them they are from.
        groups = set()
        for parameter in chosen:
            if parameter["type"] == "composite":
                for base in split_top(parameter["expression"], "|"):
                    if re.match(rf"{name}\.", base.strip()):
                        groups.add(base.strip()[len(name) + 1:])
        table = TypeTable(definitions, name, groups)
        for parameter in chosen:
            if parameter["code"] in LEFT_OUT:
                left_out.append(f"{name} {parameter['code']}: {LEFT_OUT[parameter['code']]}")
            elif parameter["type"] == "composite":
                table.add_composite(parameter, by_url)
            elif parameter["type"] in KINDS and "expression" in parameter:
                table.add(parameter, parameter["expression"])
            else:
                left_out.append(f"{name} {parameter['code']}: {parameter['type']}")
        yield name, definitions, table


def wrapped(line, width=110):
    """`line` in pieces that fit; those after the first begin with +."""
    pieces, piece = [], ""
    for word in re.split(r"(?<=,)", line):
        if piece and len(piece) + len(word) > width:
            pieces.append(piece)
            piece = "+"
        piece += word
    return pieces + [piece]


def swift(folder):
    lines = [
        f"// FHIR · what R4 resources are searched by. Generated from {RELEASE} by",
        "// scripts/generate-search-parameters.py: SearchParameter, StructureDefinition and ValueSet.",
        "",
        "/// The R4 search parameters of each type, as text that ``SearchParameters`` reads.",
        "///",
        "/// `=Type`, then `<` with the members that R4 demands and `>` with those of a summary; then a line `-kind path:type`",
        "/// for each source, numbered from 8 in order, and a line `code kind numbers targets` for each parameter. In a path,",
        "/// `{member=value}` picks elements, `/` stands where those begin that a composite tells apart, and `~` comes before",
        "/// the system of a code. Targets that begin with `!` leave out references to others. `^` stands for",
        "/// `http://hl7.org/fhir/`, and a line that begins with `+` goes on with the one before.",
        "enum SearchParameterTable {",
        '    static let text = """',
    ]
    for name, definitions, table in tables(folder):
        entries = [f"={name}", "<" + ",".join(definitions.mandatory(name)), ">" + ",".join(definitions.summary(name))]
        entries += [f"-{source}".replace("http://hl7.org/fhir/", "^") for source in table.sources]
        for entry in entries + table.lines:
            lines += [f"        {line}" for line in wrapped(entry)]
    return "\n".join(lines + ['        """', "}", ""])


def folding():
    """Letters whose lower case without accents is other letters, by what they become."""
    pairs = {}
    for point in list(range(0x80, 0x530)) + list(range(0x1E00, 0x2000)):
        character = chr(point)
        decomposed = unicodedata.normalize("NFKD", character.casefold())
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()
        folded = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ı": "i"}.get(folded, folded)
        if folded and folded != character and " " not in folded and unicodedata.category(character)[0] == "L":
            pairs[character] = folded
    by_result = {}
    for character, folded in pairs.items():
        by_result.setdefault(folded, []).append(f"{ord(character):x}")
    lines = [
        f"// FHIR · letters without case and accents. Generated from the Unicode Character Database"
        f" {unicodedata.unidata_version} by",
        "// scripts/generate-search-parameters.py.",
        "",
        "/// Letters beyond ASCII that a search takes for others: what they become, then their code points in hexadecimal.",
        "enum FoldingTable {",
        '    static let text = """',
    ]
    for folded in sorted(by_result):
        line = "        " + folded
        for point in by_result[folded]:
            if len(line) + len(point) > 117:
                lines.append(line)
                line = "        " + folded
            line += " " + point
        lines.append(line)
    return "\n".join(lines + ['        """', "}", ""])


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/fhir-definitions/r4-4.0.1")
    TABLES.mkdir(parents=True, exist_ok=True)
    (TABLES / "SearchParameterTable.swift").write_text(swift(folder), encoding="utf-8")
    (TABLES / "FoldingTable.swift").write_text(folding(), encoding="utf-8")
    for line in dict.fromkeys(left_out):
        print("left out:", line)


if __name__ == "__main__":
    main()
