#!/usr/bin/env python3
"""Writes Sources/FHIR/Definitions/StructureTable+Generated.swift from the definitions of FHIR R4.

Reads hl7.fhir.r4.core 4.0.1, one resource a line in *.ndjson.xz, from the folder given with --definitions (default
../shared/data/fhir-definitions/r4-4.0.1 beside the repository). The same definitions give the same bytes.
The grammar of the table is in Sources/FHIR/Definitions/StructureParser.swift.
"""
import argparse
import json
import lzma
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
URL = "http://hl7.org/fhir/StructureDefinition/"
CARDINALITIES = {(0, "1"): "?", (1, "1"): "1", (0, "*"): "*", (1, "*"): "+"}
# Bits that one object of a type may need: the validator keeps what it has seen in one 64-bit word.
ELEMENT_COUNT_MAX = 64
# Beyond these a list is no closed set of a few codes, and is left out.
CODE_COUNT_MAX = 400
# Elements that say whose record a resource is come before others that may name a patient.
OWNERS = ["subject", "patient", "beneficiary", "candidate", "individual", "deliverTo"]

HEADER = """\
// Generated from hl7.fhir.r4.core 4.0.1 (HL7 FHIR R4, CC0-1.0) by scripts/generate-structures.py. Do not edit.

/// The structure of FHIR R4 as text, which ``Definitions`` reads once.
enum StructureTable {
    /// Types with their elements, lists of codes, and the patient compartment.
    static let text = #\"\"\"
"""
FOOTER = "        \"\"\"#\n}\n"


class Definitions:
    def __init__(self, folder):
        self.folder = folder
        self.structures = {}
        for name in ["resource", "complex-type", "primitive-type"]:
            for structure in self.load(f"StructureDefinition-{name}"):
                self.structures[structure["id"]] = structure
        self.value_sets = {each["url"]: each for each in self.load("ValueSet")}
        self.code_systems = {each["url"]: each for each in self.load("CodeSystem")}
        self.used_value_sets = {}
        self.any_types = None

    def load(self, name):
        with lzma.open(self.folder / f"{name}.ndjson.xz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def names(self, kind, abstract=None):
        return sorted(
            name for name, structure in self.structures.items()
            if structure["kind"] == kind and (abstract is None or structure["abstract"] == abstract))

    # Types

    def base(self, name):
        url = self.structures[name].get("baseDefinition", "")
        return url[len(URL):]

    def inherited(self, name):
        """Names of the elements that every ancestor of a type declares."""
        found = set()
        while name := self.base(name):
            found |= {path.split(".")[1] for path in self.paths(name) if path.count(".") == 1}
        return found

    def paths(self, name):
        return [element["path"] for element in self.structures[name]["snapshot"]["element"]]

    def type_lines(self, name):
        """The lines of a type and of those nested in it, a nested one after the type that it is nested in."""
        elements = self.structures[name]["snapshot"]["element"]
        parents = {element["path"].rpartition(".")[0] for element in elements}
        blocks = {name: (self.base(name), [])}
        inherited = self.inherited(name) if self.base(name) else set()
        for element in elements[1:]:
            path = element["path"]
            parent, _, last = path.rpartition(".")
            if parent == name and last in inherited:
                continue
            if path in parents:
                code = element["type"][0]["code"]
                blocks[path] = (code, [])
            base, lines = blocks[parent]
            if parent != name and last in NESTED[base]:
                continue
            lines.append(self.element_line(element, path in parents))
            if len(lines) + len(NESTED.get(base, inherited)) > ELEMENT_COUNT_MAX:
                sys.exit(f"{parent} has more elements than the validator can count")
        for path, (base, lines) in blocks.items():
            yield f"={path}" + (f" {base}" if base else "")
            yield from lines

    def element_line(self, element, is_nested):
        path = element["path"]
        words = [path.rpartition(".")[2], CARDINALITIES[element["min"], element["max"]]]
        if is_nested:
            words.append(".")
        elif "contentReference" in element:
            words.append(element["contentReference"][1:])
        else:
            words.append(self.types_word(element))
        flags = "s" * bool(element.get("isSummary")) + "m" * bool(element.get("isModifier"))
        return " ".join(words + [flags] * bool(flags) + self.targets(element))

    def targets(self, element):
        """A sign and the types that a reference may name; nothing where it may name any."""
        names = [target[len(URL):] for each in element.get("type", []) if each["code"] == "Reference"
                 for target in each.get("targetProfile", [])]
        return [">"] + names if names and "Resource" not in names else []

    def types_word(self, element):
        types = element["type"]
        codes = [self.type_code(element["path"], each) for each in types]
        if self.any_types == codes:
            return "any"
        word = "|".join(codes)
        binding = element.get("binding", {})
        if binding.get("strength") == "required" and len(types) == 1:
            name = self.value_set(binding["valueSet"].split("|")[0], word)
            if name:
                word += "=" + name
        return word

    @staticmethod
    def type_code(path, each):
        code = each["code"]
        if path == "Resource.id":  # R4 writes "string" in its own extension; the page of Resource says id.
            return "id"
        if code.startswith("http://hl7.org/fhirpath/"):
            return each["extension"][0]["valueUrl"]
        return code

    # Codes

    def value_set(self, url, code):
        """The name of the list of codes of a value set, or None if it is none that can be listed."""
        if code not in ("code", "CodeableConcept") or url not in self.value_sets:
            return None
        codes = self.codes(url)
        if not codes or len(codes) > CODE_COUNT_MAX or any(re.search(r"\s", code) for _, code in codes):
            return None
        name = url.rpartition("/")[2]
        systems = {system for system, _ in codes}
        if code == "CodeableConcept":
            name += "!"
            if len(systems) != 1:
                sys.exit(f"{url} has codes of several systems")
            words = [systems.pop()] + sorted({each for _, each in codes})
        else:
            words = sorted({each for _, each in codes})
        if self.used_value_sets.setdefault(name, words) != words:
            sys.exit(f"two value sets are called {name}")
        return name

    def codes(self, url):
        compose = self.value_sets[url]["compose"]
        found = []
        if "exclude" in compose:
            return None
        for include in compose["include"]:
            if "filter" in include:
                return None
            for nested in include.get("valueSet", []):
                codes = self.codes(nested.split("|")[0]) if nested.split("|")[0] in self.value_sets else None
                if codes is None:
                    return None
                found += codes
            if "system" not in include:
                continue
            system = include["system"]
            if "concept" in include:
                found += [(system, concept["code"]) for concept in include["concept"]]
                continue
            code_system = self.code_systems.get(system)
            if not code_system or code_system["content"] != "complete":
                return None
            found += [(system, code) for code in all_codes(code_system.get("concept", []))]
        return found

    def code_lines(self):
        for name, words in sorted(self.used_value_sets.items()):
            yield " ".join([f"${name}"] + words)

    # The patient compartment

    def compartment_lines(self):
        compartment = next(each for each in self.load("CompartmentDefinition") if each["id"] == "patient")
        expressions = {}
        for parameter in self.load("SearchParameter"):
            for base in parameter.get("base", []):
                expressions[base, parameter["code"]] = parameter.get("expression", "")
        for entry in compartment["resource"]:
            paths = []
            for parameter in entry.get("param", []):
                for expression in expressions[entry["code"], parameter].split(" | "):
                    match = re.fullmatch(
                        entry["code"] + r"\.([A-Za-z.]+?)(\.where\(resolve\(\) is Patient\))?", expression.strip())
                    if match and match[1] not in paths:
                        paths.append(match[1])
            paths.sort(key=lambda path: path not in OWNERS)
            if paths:
                yield f"@{entry['code']} " + " ".join(paths)


def wrap(line):
    """A line in pieces that fit the screen; all but the first begin with a space."""
    return textwrap.wrap(line, 110, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False)


def all_codes(concepts):
    for concept in concepts:
        yield concept["code"]
        yield from all_codes(concept.get("concept", []))


NESTED = {"Element": {"id", "extension"}, "BackboneElement": {"id", "extension", "modifierExtension"}}


def table(definitions):
    primitives = definitions.names("primitive-type")
    yield "%" + " ".join(primitives)
    extension = next(
        each for each in definitions.structures["Extension"]["snapshot"]["element"] if each["path"].endswith("[x]"))
    definitions.any_types = [each["code"] for each in extension["type"]]
    yield "&" + " ".join(definitions.any_types)
    abstract = ["Element", "BackboneElement", "Resource", "DomainResource"]
    others = definitions.names("complex-type", False) + definitions.names("resource", False)
    blocks = [line for name in abstract + [each for each in others if each not in abstract]
              for line in definitions.type_lines(name)]
    yield from definitions.code_lines()
    yield from blocks
    yield from definitions.compartment_lines()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--definitions", type=pathlib.Path, default=ROOT.parent / "shared/data/fhir-definitions/r4-4.0.1")
    parser.add_argument(
        "--output", type=pathlib.Path, default=ROOT / "Sources/FHIR/Definitions/StructureTable+Generated.swift")
    options = parser.parse_args()
    lines = [part for line in table(Definitions(options.definitions)) for part in wrap(line)]
    options.output.write_text(
        HEADER + "".join(" " * 8 + line + "\n" for line in lines) + FOOTER, encoding="utf-8")


if __name__ == "__main__":
    main()
