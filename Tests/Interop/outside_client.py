"""What outside software makes of a node's answers: every one is parsed by fhir.resources, and fhirpathpy finds in a record
the values by which the node's search finds it."""
import urllib.parse

import fhirpathpy
from fhir.resources import construct_fhir_element

# For each search parameter, what it looks at: written by hand from R4, not taken from the node's own table.
VALUES = [
    ("Patient", "birthdate", "Patient.birthDate"), ("Patient", "gender", "Patient.gender"),
    ("Patient", "family", "Patient.name.family"),
    ("Observation", "code", "Observation.code.coding.code"), ("Observation", "status", "Observation.status"),
    ("Observation", "category", "Observation.category.coding.code"),
    ("Condition", "code", "Condition.code.coding.code"),
    ("Condition", "clinical-status", "Condition.clinicalStatus.coding.code"),
    ("Encounter", "class", "Encounter.class.code"), ("Encounter", "type", "Encounter.type.coding.code"),
    ("MedicationRequest", "status", "MedicationRequest.status"),
    ("MedicationRequest", "intent", "MedicationRequest.intent"),
    ("Immunization", "vaccine-code", "Immunization.vaccineCode.coding.code"),
    ("Procedure", "code", "Procedure.code.coding.code"), ("DiagnosticReport", "status", "DiagnosticReport.status"),
    ("Claim", "use", "Claim.use"), ("CarePlan", "status", "CarePlan.status"),
]


def parse(resource):
    """Throws what fhir.resources says about `resource`; a bundle's entries are parsed with it."""
    return construct_fhir_element(resource["resourceType"], resource)


def check_answers(client, patient):
    """Parses answers of every kind; `[(what, problem or None)]`. An answer of another status than expected is a problem."""
    paths = ["/fhir/metadata", f"/fhir/Patient/{patient}", f"/fhir/Observation?patient={patient}&_count=5&_sort=-date",
             f"/fhir/Observation?patient={patient}&_include=Observation:encounter&_count=5",
             f"/fhir/Observation?patient={patient}&_summary=true&_count=5",
             f"/fhir/Observation?patient={patient}&_elements=code,status&_count=5",
             f"/fhir/Patient/{patient}/_history", f"/fhir/Consent?patient={patient}",
             f"/fhir/AuditEvent?patient={patient}", f"/fhir/Provenance?patient={patient}",
             f"/fhir/Observation?patient={patient}&_summary=count", f"/fhir/Encounter?patient={patient}&_revinclude=*",
             "/fhir/Organization?_count=3"]
    expected = [(path, 200) for path in paths] + [
        ("/fhir/Observation/there-is-none", 404), ("/fhir/Observation?nonsense=1", 400), ("/fhir/Nonsense/1", 404),
        # Staff may treat and not take away; the patient's own is in `check_everything`.
        (f"/fhir/Patient/{patient}/$everything", 403)]
    results = []
    for path, status in expected:
        answer = client.request("GET", path)
        try:
            parse(answer.json)
            if answer.status != status:
                raise ValueError(f"the status is not {status}: {answer.body[:200]}")
            results.append((f"GET {path.replace(patient, 'ID')}: {answer.status}", None))
        except Exception as error:
            results.append((f"GET {path.replace(patient, 'ID')}: {answer.status}", str(error)[:300]))
    return results


def check_values(client, patient):
    """For each parameter: searching by the value that fhirpathpy finds in a record finds that record."""
    agreeing, differing = 0, []
    for kind, parameter, expression in VALUES:
        bundle = client.request("GET", f"/fhir/{kind}?patient={patient}&_count=50" if kind != "Patient"
                                else f"/fhir/Patient?_id={patient}").json
        for entry in bundle.get("entry", []):
            resource = entry["resource"]
            for found in fhirpathpy.evaluate(resource, expression)[:2]:
                query = urllib.parse.urlencode({parameter: found, "_id": resource["id"]})
                scope = "" if kind == "Patient" else f"&patient={patient}"
                hit = client.request("GET", f"/fhir/{kind}?{query}{scope}").json
                if hit.get("total") == 1 and hit["entry"][0]["resource"]["id"] == resource["id"]:
                    agreeing += 1
                else:
                    differing.append(f"{kind}.{parameter}")
    return agreeing, differing


def check_everything(client, patient, source):
    """Takes the whole record away, page by page: every page is parsed, what came is what the bundle `source` brought in, and
    fhirpathpy finds the same in both; `([(what, problem or None)], agreeing, [what differs])`."""
    brought = {f"{one['resourceType']}/{one['id']}": one for one in (entry["resource"] for entry in source["entry"])}
    came, results = {}, []
    path = f"/fhir/Patient/{patient}/$everything?_count=7"
    while path:
        answer = client.request("GET", path)
        try:
            if answer.status != 200:
                raise ValueError(f"the status is not 200: {answer.body[:200]}")
            parse(answer.json)
            results.append(("GET $everything, a page", None))
        except Exception as error:
            results.append(("GET $everything, a page", str(error)[:300]))
            break
        for entry in answer.json.get("entry", []):
            came[f"{entry['resource']['resourceType']}/{entry['resource']['id']}"] = entry["resource"]
        links = {link["relation"]: link["url"] for link in answer.json["link"]}
        path = links["next"][links["next"].index("/fhir/"):] if "next" in links else None
    lost = sorted(set(brought) - set(came))
    results.append(("$everything has every record", f"it lacks {lost[:3]}" if lost else None))
    agreeing, differing = 0, []
    for name in sorted(set(brought) & set(came)):
        kind = name.split("/")[0]
        expressions = [expression for of, _, expression in VALUES if of == kind]
        for expression in expressions + ["id", "meta.security.code", "descendants().count()"]:
            values = [fhirpathpy.evaluate(one, expression) for one in (brought[name], came[name])]
            if values[0] == values[1]:
                agreeing += len(values[0])
            else:
                differing.append(f"$everything: {kind} {expression}")
    return results, agreeing, differing


def consent(patient):
    """A privacy consent in the shape of IHE PCF, for the surgeons of the house."""
    def concept(system, code):
        return {"coding": [{"system": system, "code": code}]}
    terminology = "http://terminology.hl7.org/CodeSystem/"
    return {
        "resourceType": "Consent", "status": "active", "scope": concept(terminology + "consentscope", "patient-privacy"),
        "category": [concept("http://loinc.org", "59284-0")], "patient": {"reference": f"Patient/{patient}"},
        "dateTime": "2026-01-31T09:30:00+01:00", "sourceAttachment": {"title": "form"}, "policy": [{"uri": "urn:x:policy"}],
        "provision": {
            "type": "permit",
            "actor": [{"role": concept(terminology + "v3-ParticipationType", "IRCP"),
                       "reference": {"identifier": {"system": "urn:stele:role", "value": "surgeon@aurelia"}}}],
            "action": [concept(terminology + "consentaction", "access")],
            "purpose": [{"system": terminology + "v3-ActReason", "code": "TREAT"}],
            "provision": [{"type": "deny", "securityLabel": [{"system": terminology + "v3-ActCode", "code": "PSY"}]}]}}


def check_told(staff, own, officer, patient):
    """What is told from the ledger, parsed: a Consent that staff write down, as it is told again, with the log and the
    origins of records; `[(what, problem or None)]`."""
    results = []

    def check(what, answer, expected):
        try:
            if answer.status != expected:
                raise ValueError(f"status {answer.status}")
            if answer.body:
                parse(answer.json)
            results.append((what, None))
        except Exception as error:
            results.append((what, str(error)[:300]))
        return answer

    made = check("POST Consent by an assisted delegate", staff.request("POST", "/fhir/Consent", consent(patient)), 201)
    wish = consent(patient)
    wish["policyRule"] = {"text": "x"}
    check("POST Consent that a grant cannot say", staff.request("POST", "/fhir/Consent", wish), 422)
    check("POST Consent by the patient: what to sign", own.request("POST", "/fhir/Consent", consent(patient)), 202)
    grant = (made.json or {}).get("id", "0" * 64)
    check("GET Consent", own.request("GET", f"/fhir/Consent/{grant}"), 200)
    check("GET Observation under it", staff.request("GET", f"/fhir/Observation?patient={patient}&_count=2"), 200)
    for kind, client in (("Consent", own), ("AuditEvent", own), ("AuditEvent", officer), ("Provenance", staff)):
        path = f"/fhir/{kind}?patient={patient}"
        while path:
            answer = check(f"GET {kind} of a patient", client.request("GET", path), 200)
            links = {link["relation"]: link["url"] for link in (answer.json or {}).get("link", [])}
            path = links["next"][links["next"].index("/fhir/"):] if "next" in links else None
            for entry in (answer.json or {}).get("entry", [])[:3]:
                check(f"GET {kind}/ID", client.request("GET", f"/fhir/{kind}/{entry['resource']['id']}"), 200)
    ended = dict(made.json or {}, status="inactive")
    check("PUT Consent inactive", staff.request("PUT", f"/fhir/Consent/{grant}", ended), 204)
    check("GET Consent that has ended", own.request("GET", f"/fhir/Consent/{grant}"), 200)
    return results
