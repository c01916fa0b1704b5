"""Runs a node against outside material and outside readers, and writes what came of it to docs/conformance.md.

    python conformance.py --stele .build/release/stele --shared ../shared/data --out docs/conformance.md

Ends with 1 when something that the page claims does not hold.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile

import outside_client
import search_oracle
import stele_node
import testscripts
import timing

PORT = 18_443
SETTINGS = {"treating_permit": "true"}
# How well the clock may tell hidden from absent.
BOUND = 0.55


class Page:
    def __init__(self):
        self.lines, self.has_failed = [], False

    def say(self, text=""):
        self.lines.append(text)
        print(text, flush=True)

    def verdict(self, what, holds, detail):
        self.has_failed |= not holds
        self.say(f"| {what} | {'yes' if holds else '**no**'} | {detail} |")


def unpack(shared):
    folder = tempfile.mkdtemp(prefix="stele-synthea-")
    archive = os.path.join(shared, "synthea", "bundles.tar.zst")
    stream = subprocess.Popen(["zstd", "-dcq", "--long=27", archive], stdout=subprocess.PIPE)
    subprocess.run(["tar", "x", "-C", folder], stdin=stream.stdout, check=True)
    if stream.wait() != 0:
        raise RuntimeError("the Synthea bundles could not be unpacked")
    return folder


def scripts(page, stele, shared):
    folder = os.path.join(shared, "fhir-rest", "connectathon25-testscripts")
    with stele_node.running(stele, PORT, SETTINGS) as node:
        client = node.client("--scope", "system/*.cruds", "--purpose", "TREAT")
        results = testscripts.run_all(folder, client)
    passed = [name for name, failures, _ in results if not failures]
    page.verdict("connectathon TestScripts that speak JSON", len(passed) == len(results),
                 f"{len(passed)} of {len(results)} pass; {sum(len(w) for _, _, w in results)} warnings")
    return [(name, failures, warnings) for name, failures, warnings in results]


def searches(page, stele, shared, unpacked):
    with stele_node.running(stele, PORT, SETTINGS) as node:
        client = node.client("--scope", "system/*.cruds", "--purpose", "TREAT")
        cases, loaded = search_oracle.load(client, shared, unpacked)
        differing = search_oracle.run_all(client, cases)
        page.verdict("search cases over 25 Synthea patients", not differing,
                     f"{len(cases) - len(differing)} of {len(cases)} agree, {loaded} resources loaded by PUT")
        patient = cases[0]["params"][1][1].removeprefix("Patient/")
        answers = outside_client.check_answers(client, patient)
        bad = [f"{what}: {problem}" for what, problem in answers if problem]
        page.verdict("answers parsed by fhir.resources 6.0.0", not bad,
                     f"{len(answers) - len(bad)} of {len(answers)} kinds of answer")
        agreeing, unlike = outside_client.check_values(client, patient)
        page.verdict("searching by what fhirpathpy finds in a record finds the record", not unlike,
                     f"{agreeing} of {agreeing + len(unlike)} values")
        return differing + bad + sorted(set(unlike))


def told(page, stele, samples):
    """A Consent written down by staff and told again, with the log and the origins of records."""
    with stele_node.running(stele, PORT) as node:
        wallets = os.path.join(node.folder, "wallets")
        node.run("import", os.path.join(samples, "directory.json"), os.path.join(samples, "patients"), "--wallets",
                 wallets)
        wallet = os.path.join(wallets, "marta-kestrel.wallet")
        key, officer_key = os.path.join(node.folder, "surgeon.pem"), os.path.join(node.folder, "auditor.pem")
        node.run("actor add", "surgeon", "--name", "Surgeon", "--role", "surgeon", "--key-out", key)
        node.run("assist", "--wallet", wallet)
        staff = node.client("--key", key, "--as", "surgeon", "--patient", "marta-kestrel", "--scope", "user/*.cruds")
        own = node.client("--wallet", wallet, "--scope", "patient/*.cruds")
        node.run("grant", "--wallet", wallet, "--to", "role:officer@aurelia", "--classes", "all")
        node.run("actor add", "auditor", "--name", "Auditor", "--role", "officer", "--officer", "--key-out", officer_key)
        officer = node.client("--key", officer_key, "--as", "auditor", "--patient", "marta-kestrel")
        answers = outside_client.check_told(staff, own, officer, "marta-kestrel")
        bad = [f"{what}: {problem}" for what, problem in answers if problem]
        page.verdict("Consent, AuditEvent and Provenance told from the ledger, parsed by fhir.resources 6.0.0", not bad,
                     f"{len(answers) - len(bad)} of {len(answers)} answers")
        with open(os.path.join(samples, "patients", "01-marta-kestrel.json")) as file:
            everything, agreeing, unlike = outside_client.check_everything(own, "marta-kestrel", json.load(file))
        lacking = [f"{what}: {problem}" for what, problem in everything if problem]
        page.verdict("`$everything` by the patient, parsed by fhir.resources 6.0.0", not lacking,
                     f"{len(everything) - len(lacking)} of {len(everything)} pages and checks")
        page.verdict("fhirpathpy finds the same in what was brought in and in what `$everything` gives", not unlike,
                     f"{agreeing} of {agreeing + len(unlike)} values")
        return bad + lacking + sorted(set(unlike))


def sampling_error(pair_count):
    """Three standard errors of an AUC over so few pairs that the bound itself cannot be told; none from 2,000 on."""
    return 0 if pair_count >= 2000 else 3 * ((2 * pair_count + 1) / (12 * pair_count ** 2)) ** 0.5


def clock(page, stele, pair_count):
    """Hidden against absent, by a laboratory that may see results and nothing psychiatric."""
    with stele_node.running(stele, PORT) as node:
        words = timing.bring_in(node, timing.records())
        measured = list(timing.measure(timing.kinds(node, words), pair_count))
    with stele_node.running(stele, PORT) as node:
        words = timing.bring_in(node, timing.cold_records())
        measured += timing.measure_cold(node, words, pair_count)
    unlike = [kind for kind in measured if not kind.is_alike]
    page.verdict("hidden and absent: the same answer", not unlike,
                 f"{len(measured) - len(unlike)} of {len(measured)} kinds of pair, error ids, names and times aside")
    worst = max(measured, key=lambda kind: kind.area)
    bound = BOUND + sampling_error(pair_count)
    page.verdict("hidden and absent: the same time", worst.area <= bound,
                 f"AUC {worst.area:.3f} at most, over {worst.pair_count} pairs of each kind; 0.5 is blind, {bound:.3f} the bound")
    return measured


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stele", default=".build/release/stele")
    parser.add_argument("--shared", default="../shared/data")
    parser.add_argument("--samples", default="Samples")
    parser.add_argument("--out", default="docs/conformance.md")
    parser.add_argument("--pairs", type=int, default=2000)
    arguments = parser.parse_args()
    page = Page()
    page.say("# Conformance\n")
    page.say("What outside material and outside readers make of a running node. Written by `make conformance`; do not edit.\n")
    page.say("| what | holds | figures |")
    page.say("|---|---|---|")
    script_results = scripts(page, arguments.stele, arguments.shared)
    unpacked = unpack(arguments.shared)
    differing = searches(page, arguments.stele, arguments.shared, unpacked)
    differing += told(page, arguments.stele, arguments.samples)
    measured = clock(page, arguments.stele, arguments.pairs)
    differing += [f"{kind.name}: {line}" for kind in measured if kind.busy or not kind.is_alike for line in kind.differences()]
    page.say("\n## The clock\n")
    page.say("Each pair is one request that meets a hidden record and one that meets nothing, in random order; AUC is the chance "
             "that the slower of the two is told right.\n")
    page.say("| pair | AUC | pairs | the same answer |")
    page.say("|---|---|---|---|")
    for kind in measured:
        page.say(f"| {kind.name} | {kind.area:.3f} | {kind.pair_count} | {'yes' if kind.is_alike else '**no**'} |")
    page.say("\n## TestScripts\n")
    page.say("From the HL7 connectathon 25 (R4), those whose payloads are JSON; a person's typed-in values are those of a "
             "patient made for the purpose. The rule sets that the scripts name are written out in "
             "`Tests/Interop/testscripts.py`.\n")
    for name, failures, warnings in script_results:
        page.say(f"- {'passes' if not failures else '**fails**'}: `{name}`")
        for text in failures:
            page.say(f"  - {text}")
        for text in warnings:
            page.say(f"  - warning: {text}")
    if differing:
        page.say("\n## What differs\n")
        for line in differing:
            page.say(f"- {line}")
    page.say(f"\nPython {platform.python_version()} on {platform.machine()}.")
    with open(arguments.out, "w") as file:
        file.write("\n".join(page.lines) + "\n")
    return 1 if page.has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
