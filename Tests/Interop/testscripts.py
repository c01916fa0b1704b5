"""Runs FHIR TestScript resources against a node: those whose payloads are JSON.

Source: FHIR R4 TestScript. The scripts call rule sets that only their authors' engine has; the rules are told by their
names and are written out here. Paths are the small part of XPath and JSONPath that the scripts use.
"""
import glob
import json
import os
import re
import secrets
import string
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree

import fhirpathpy
from fhir.resources import construct_fhir_element

NS = "{http://hl7.org/fhir}"
RESPONSE_CODES = {"okay": [200], "created": [201], "noContent": [204], "notModified": [304], "bad": [400], "notFound": [404],
                  "methodNotAllowed": [405], "conflict": [409], "gone": [410], "preconditionFailed": [412]}


class Failure(Exception):
    pass


def value(element, name):
    child = element.find(NS + name)
    return None if child is None else child.get("value")


def look_up(resource, path):
    """What `path` finds: `Patient/meta/versionId`, `.entry[0].resource.birthDate`, `/Bundle/total`."""
    match = re.fullmatch(r"(\w+)\.extension\[\?\(@\.url == '([^']+)'\)\]\.(\w+)", path)
    if match:
        extensions = resource.get(match[1], {}).get("extension", [])
        return next((x.get(match[3]) for x in extensions if x.get("url") == match[2]), None)
    steps = [step for step in re.split(r"[./]", path) if step]
    if steps and steps[0][0].isupper():
        if resource.get("resourceType") == "Bundle" and steps[0] != "Bundle":
            # As XPath has it, the first resource of that type inside.
            inside = [entry.get("resource", {}) for entry in resource.get("entry", [])]
            resource = next((one for one in inside if one.get("resourceType") == steps[0]), {})
        steps = steps[1:]
    found = resource
    for step in steps:
        name, index = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", step).groups()
        if isinstance(found, list):
            found = found[0] if found else None
        found = found.get(name) if isinstance(found, dict) else None
        if index is not None:
            found = found[int(index)] if isinstance(found, list) and len(found) > int(index) else None
    while isinstance(found, list):
        found = found[0] if found else None
    return found


def contains(whole, part):
    """Whether everything in `part` is in `whole`, as a TestScript's minimumId wants it."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and contains(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(x, item) for x in whole) for item in part)
    return whole == part


def check_structure(resource):
    try:
        construct_fhir_element(resource["resourceType"], resource)
    except Exception as error:
        raise Failure(f"an outside reader refuses the {resource.get('resourceType')}: {str(error)[:200]}")


class Script:
    def __init__(self, path, client):
        self.path, self.client = path, client
        self.root = ElementTree.parse(path).getroot()
        self.resources, self.variables, self.requests = {}, {}, {}
        self.answer = None
        self.request = None
        self.warnings = []
        self.drawn = {}
        for fixture in self.root.iter(NS + "fixture"):
            reference = fixture.find(NS + "resource/" + NS + "reference").get("value")
            with open(os.path.join(os.path.dirname(path), reference)) as file:
                self.resources[fixture.get("id")] = json.loads(self.draw(file.read()))

    def draw(self, text):
        """`text` with its random parts drawn: `${C6}` letters, `${D4}` digits, `${CD13}` digits of the date. The same part
        is the same wherever it stands in one run of a script."""
        def replace(match):
            kind, count = match[1], int(match[2])
            if match[0] not in self.drawn:
                pool = string.ascii_lowercase if kind == "C" else string.digits
                stem = time.strftime("%Y%m%d") if kind == "CD" else ""
                rest = "".join(secrets.choice(pool) for _ in range(count))
                self.drawn[match[0]] = (stem + rest)[:count]
            return self.drawn[match[0]]
        return re.sub(r"\$\{(CD|C|D)(\d+)\}", replace, text)

    def fill(self, text):
        def replace(match):
            name = match[1]
            for variable in self.root.iter(NS + "variable"):
                if value(variable, "name") != name:
                    continue
                source, path = value(variable, "sourceId"), value(variable, "path")
                if source is None:
                    return self.variables.get(name, "")
                found = look_up(self.resources.get(source) or {}, path)
                if isinstance(found, str) and "${" in found:
                    found = self.fill(found)
                if found is None:
                    raise Failure(f"nothing is at {path} of {source}")
                return str(found)
            raise Failure(f"there is no variable {name}")
        return re.sub(r"\$\{(\w+)\}", replace, text)

    def resource(self, name):
        """A fixture or an answer by its name, with the variables that stand in it filled in."""
        if self.resources.get(name) is None:
            raise Failure(f"there is nothing called {name}")
        return json.loads(self.fill(json.dumps(self.resources[name])))

    def operate(self, operation):
        kind = operation.find(NS + "type/" + NS + "code")
        kind = None if kind is None else kind.get("value")
        method = {"create": "POST", "update": "PUT", "updateCreate": "PUT", "delete": "DELETE"}.get(kind, "GET")
        source = value(operation, "sourceId")
        body = self.resource(source) if source else None
        params = self.fill(value(operation, "params") or "")
        if params.startswith("?"):
            pairs = urllib.parse.parse_qsl(params[1:], keep_blank_values=True)
            params = "?" + urllib.parse.urlencode(pairs)
        resource = value(operation, "resource") or (body or {}).get("resourceType")
        headers = {"Accept": "application/fhir+json"}
        if body is not None:
            headers["Content-Type"] = "application/fhir+json"
        self.request = headers
        if request := value(operation, "requestId"):
            self.resources[request] = body
        self.answer = self.client.request(method, f"/fhir/{resource}{params}", body, headers)
        response = value(operation, "responseId")
        if response:
            found = self.answer.json
            self.resources[response] = found if found else {}

    def body(self):
        if not self.answer.body:
            raise Failure("the answer has no body")
        return self.answer.json

    def check(self, assertion):
        operator = value(assertion, "operator") or "equals"
        wanted = value(assertion, "value")
        wanted = None if wanted is None else self.fill(wanted)
        if value(assertion, "direction") == "request":
            return self.check_request(assertion, operator, wanted)
        rules = [x.get("value") for x in assertion.iter(NS + "valueId")]
        if rules:
            return self.check_rules(assertion, rules)
        if code := value(assertion, "responseCode"):
            if str(self.answer.status) not in code.split(","):
                raise Failure(f"the status is {self.answer.status}, not {code}")
        elif response := value(assertion, "response"):
            if self.answer.status not in RESPONSE_CODES[response]:
                raise Failure(f"the status is {self.answer.status}, not {response}")
        elif value(assertion, "contentType"):
            if "application/fhir+json" not in (self.answer.header("Content-Type") or ""):
                raise Failure("the content type is not application/fhir+json")
        elif field := value(assertion, "headerField"):
            self.compare(self.answer.header(field), operator, wanted)
        elif resource := value(assertion, "resource"):
            if self.body().get("resourceType") != resource:
                raise Failure(f"the answer is no {resource}")
        elif value(assertion, "validateProfileId"):
            check_structure(self.body())
        elif minimum := value(assertion, "minimumId"):
            source = value(assertion, "sourceId")
            whole = self.resources.get(source) if source else self.body()
            if whole is None:
                raise Failure(f"there is no answer called {source}")
            if whole.get("resourceType") == "Bundle":
                whole = (whole.get("entry") or [{}])[0].get("resource") or {}
            part = {k: v for k, v in self.resource(minimum).items() if k not in ("id", "meta", "text")}
            if not contains(whole, part):
                raise Failure(f"the answer lacks something of {minimum}")
        elif expression := value(assertion, "expression"):
            if fhirpathpy.evaluate(self.body(), expression) != [True]:
                raise Failure(f"{expression} is not true")
        elif path := value(assertion, "path"):
            self.compare(look_up(self.body(), path), operator, wanted)
        else:
            raise Failure("an assertion of a kind that this engine does not know")

    def check_request(self, assertion, operator, wanted):
        if field := value(assertion, "headerField"):
            self.compare(self.request.get(field), operator, wanted)
        elif value(assertion, "contentType"):
            self.compare(self.request.get("Content-Type"), "contains", "application/fhir+json")

    @staticmethod
    def compare(found, operator, wanted):
        text = None if found is None else str(found)
        holds = {
            "equals": lambda: text == wanted, "contains": lambda: text is not None and wanted in text,
            "notEmpty": lambda: bool(text), "empty": lambda: not text,
            "greaterThan": lambda: text is not None and float(text) > float(wanted),
            "in": lambda: text in (wanted or "").split(","),
        }[operator]()
        if not holds:
            raise Failure(f"{text!r} does not fulfil {operator} {wanted!r}")

    def check_rules(self, assertion, rules):
        """The rule sets by their names. Versioning is supported, so every "if supported" holds."""
        answer = self.answer
        names = " ".join(rules)
        has_body = bool(answer.body)
        if has_body:
            kind = answer.header("Content-Type") or ""
            if "application/fhir+json" not in kind:
                raise Failure("the body is not application/fhir+json")
            check_structure(answer.json)
            if answer.status >= 400 and answer.json.get("resourceType") != "OperationOutcome":
                raise Failure("an error is no OperationOutcome")
        if "deletevalid" in names and answer.status < 300:
            if answer.status == 200 and not has_body:
                raise Failure("200 without a body")
            if answer.status == 204 and has_body:
                raise Failure("204 with a body")
        needs_version = "versioning-headers" in names or "vreadok" in names
        if needs_version and answer.status in (200, 201):
            if not answer.header("ETag"):
                raise Failure("there is no ETag")
            if not answer.header("Last-Modified"):
                raise Failure("there is no Last-Modified")
        if "vreadok" in names and answer.status != 200:
            raise Failure(f"vread answers {answer.status}")
        wants_version = "updateok" in names or "VersionIdIfSupported" in names
        if wants_version and has_body and answer.json.get("resourceType") in ("Patient", "Bundle"):
            resource = answer.json
            if resource["resourceType"] == "Bundle":
                resource = (resource.get("entry") or [{}])[0].get("resource") or {}
            if not resource.get("meta", {}).get("versionId"):
                raise Failure("the resource has no meta.versionId")

    def run(self):
        """The failures of the script, each with its place."""
        failures = []
        sections = [("setup", x) for x in self.root.findall(NS + "setup")]
        sections += [(x.get("id") or "test", x) for x in self.root.findall(NS + "test")]
        sections += [("teardown", x) for x in self.root.findall(NS + "teardown")]
        for name, section in sections:
            for number, action in enumerate(section.findall(NS + "action"), 1):
                place = f"{name} action {number}"
                operation, assertion = action.find(NS + "operation"), action.find(NS + "assert")
                try:
                    if operation is not None:
                        self.operate(operation)
                    else:
                        self.check(assertion)
                except Failure as failure:
                    if assertion is not None and value(assertion, "warningOnly") == "true":
                        self.warnings.append(f"{place}: {failure}")
                    else:
                        failures.append(f"{place}: {failure}")
        return failures


def set_hints(script):
    """Variables that a person types in: those of the resource that the script is to find."""
    hints = {"patientIdentifier": "interop-typed", "patientGiven": "Theodora", "patientFamily": "Interop",
             "patientResourceId": "interop-typed"}
    script.variables.update(hints)


def run_all(folder, client):
    """`[(name, failures, warnings)]` of every script that speaks JSON."""
    results = []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*json.xml"), recursive=True)):
        client.request("PUT", "/fhir/Patient/interop-typed", {
            "resourceType": "Patient", "id": "interop-typed", "identifier": [{"value": "interop-typed"}],
            "name": [{"family": "Interop", "given": ["Theodora"]}], "birthDate": "1980-02-29"})
        script = Script(path, client)
        set_hints(script)
        results.append((os.path.relpath(path, folder), script.run(), script.warnings))
    return results
