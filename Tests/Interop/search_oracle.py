"""The search cases of shared/data/fhir-search over REST: bundles loaded by PUT, answers compared with the oracle's."""
import hashlib
import json
import os
import re
import urllib.parse


def load(client, shared, unpacked):
    """PUTs every entry of the named bundles, `urn:uuid:` references replaced as the load rule says."""
    with open(os.path.join(shared, "fhir-search", "search-cases.json")) as file:
        suite = json.load(file)
    count = 0
    for name in suite["load"]:
        with open(os.path.join(unpacked, name)) as file:
            text = file.read()
        bundle = json.loads(text)
        places = {entry["fullUrl"]: f"{entry['resource']['resourceType']}/{entry['resource']['id']}"
                  for entry in bundle["entry"]}
        text = re.sub(r'"(urn:uuid:[0-9a-f-]+)"', lambda m: json.dumps(places.get(m[1], m[1])), text)
        # The patient first: the others belong to them.
        entries = sorted(json.loads(text)["entry"], key=lambda entry: entry["resource"]["resourceType"] != "Patient")
        for entry in entries:
            resource = entry["resource"]
            answer = client.request("PUT", f"/fhir/{resource['resourceType']}/{resource['id']}", resource)
            if answer.status not in (200, 201):
                raise RuntimeError(f"PUT {resource['resourceType']} answered {answer.status}: {answer.body[:300]}")
            count += 1
    return suite["cases"], count


def references(client, kind, params):
    """The total and the references of every page of a search."""
    path = f"/fhir/{kind}?" + urllib.parse.urlencode([*map(tuple, params), ("_count", "500")])
    found, total = [], None
    while path:
        answer = client.request("GET", path)
        if answer.status != 200:
            return answer.status, []
        bundle = answer.json
        total = bundle["total"]
        found += [f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle.get("entry", [])
                  if e.get("search", {}).get("mode", "match") == "match"]
        path = next((link["url"] for link in bundle.get("link", []) if link["relation"] == "next"), None)
        path = path and re.sub(r"^https://[^/]+", "", path)
    return total, found


def run_all(client, cases):
    """The cases that differ, each with what was found."""
    differing = []
    for case in cases:
        total, found = references(client, case["type"], case["params"])
        digest = hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
        if total != case["total"] or digest != case["sha256_of_sorted_refs"]:
            differing.append(f"{case['type']} {case['params']}: {total}, {len(found)} found; {case['total']} expected")
    return differing
