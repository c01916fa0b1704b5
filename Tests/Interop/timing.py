"""Whether the clock tells hidden from absent: pairs of requests, one that meets a record which is there and hidden, one that
meets nothing, in random order, and how well their times can be told apart."""
import collections
import json
import os
import random
import time

# How often a request is made that is answered with 503, and how many requests of one kind of pair may be.
ATTEMPTS, BUSY_MAX = 10, 3

# Patients of the cold part, how many of them have a large hidden record, and how many are asked about after each start.
COLD_PATIENTS, COLD_PER_START = 600, 50


def auc(first, second):
    """The chance that a value of `first` is larger than one of `second`: 0.5 says nothing. Mann and Whitney's U."""
    ranked = sorted([(x, 0) for x in first] + [(x, 1) for x in second])
    ranks, index = [0.0, 0.0], 0
    while index < len(ranked):
        end = index
        while end < len(ranked) and ranked[end][0] == ranked[index][0]:
            end += 1
        middle = (index + end + 1) / 2
        for _, side in ranked[index:end]:
            ranks[side] += middle
        index = end
    n, m = len(first), len(second)
    return (ranks[0] - n * (n + 1) / 2) / (n * m)


class Kind:
    """One kind of pair: what was measured of it."""

    def __init__(self, name):
        self.name, self.times = name, {True: [], False: []}
        # How often each answer came, to hidden and to absent.
        self.answers, self.busy = {True: collections.Counter(), False: collections.Counter()}, collections.Counter()

    def ask(self, client, is_hidden, path):
        was_busy = set()
        for _ in range(ATTEMPTS):
            start = time.perf_counter()
            answer = client.request("GET", path)
            taken = time.perf_counter() - start
            if answer.status != 503:
                break
            # No answer about records: a machine that stood still, which says itself that one should ask again.
            was_busy.add(code(answer))
            time.sleep(1)
        self.busy.update(was_busy)
        self.times[is_hidden].append(taken)
        self.answers[is_hidden][shape(answer)] += 1

    @property
    def is_alike(self):
        """Whether hidden and absent had one answer, and the node, but for a moment, time for it."""
        return len(self.answers[True] | self.answers[False]) == 1 and self.busy.total() <= BUSY_MAX

    def differences(self):
        """What keeps the answers from being alike, in words; nothing that is in a record."""
        for is_hidden, answers in self.answers.items():
            for answer, count in answers.items():
                yield f"{'hidden' if is_hidden else 'absent'}: {count} times {answer}"
        for name, count in self.busy.items():
            yield f"asked again: {count} times {name}"

    @property
    def area(self):
        """Folded to 0.5 and above."""
        area = auc(self.times[True], self.times[False])
        return max(area, 1 - area)

    @property
    def pair_count(self):
        return min(len(times) for times in self.times.values())

    def forget(self):
        self.times = {True: [], False: []}


def code(answer):
    """The code of a refusal."""
    return answer.json["issue"][0]["details"]["coding"][0]["code"]


def shape(answer):
    """What both answers of a pair have alike: of a refusal everything but the error's id, of a bundle what is in it. Names and
    times differ, so of those it is the length of the whole that counts."""
    body = answer.json
    if body["resourceType"] == "OperationOutcome":
        return answer.status, str(sorted((key, str(value)) for key, value in body.items() if key != "id"))
    return answer.status, body.get("total"), len(body.get("entry", [])), len(answer.body)


def measure(kinds, pair_count):
    """`kinds` are `(name, client, hidden, absent)`; the last two give a path each time they are called."""
    chance = random.Random(20)
    for name, client, hidden, absent in kinds:
        kind = Kind(name)
        for number in range(pair_count + 50):
            if number == 50:
                kind.forget()
            order = [True, False]
            chance.shuffle(order)
            for is_hidden in order:
                kind.ask(client, is_hidden, hidden() if is_hidden else absent())
        yield kind


# MARK: records

PSY = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY"}]}


def observation(patient, name, code="718-7", is_hidden=False, **more):
    resource = {"resourceType": "Observation", "id": name}
    if is_hidden:
        resource["meta"] = PSY
    return resource | {
        "status": "final", "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": f"Patient/{patient}"}, "valueQuantity": {"value": 5.20, "unit": "g/dL"}} | more


def refer(kind, name):
    return {"reference": f"{kind}/{name}"}


def records():
    """Two patients whose visible records are the same. `t-with` has hidden ones beside them, `t-less` has not. In `t-with`
    some visible records are linked with hidden ones, and their twins with none."""
    for patient in ("t-with", "t-less"):
        yield {"resourceType": "Patient", "id": patient, "meta": PSY,
               "identifier": [{"system": "urn:ssn", "value": patient + "-1"}]}
        for number in range(12):
            yield observation(patient, f"{patient}-v{number:02}")
    yield observation("t-with", "t-with-e1", encounter=refer("Encounter", "t-with-h1"))
    yield observation("t-with", "t-with-e2", encounter=refer("Encounter", "t-with-n1"))
    yield observation("t-with", "t-with-m1")
    yield observation("t-with", "t-with-m2")
    for name in ("t-less-e1", "t-less-e2", "t-less-m1", "t-less-m2"):
        # The same number of visible bytes.
        yield observation("t-less", name, **({"encounter": refer("Encounter", "t-less-n1")} if "-e" in name else {}))
    yield {"resourceType": "Encounter", "id": "t-with-h1", "meta": PSY, "status": "finished", "class": {"code": "IMP"},
           "subject": refer("Patient", "t-with")}
    for number in range(40):
        yield observation("t-with", f"t-with-h{number:02}", "5792-7", is_hidden=True,
                          hasMember=[refer("Observation", "t-with-m1")])


def cold_records():
    """Many patients with one visible and one hidden record; every other one has thirty more that are hidden."""
    for number in range(COLD_PATIENTS):
        patient = f"t-{number:04}"
        yield {"resourceType": "Patient", "id": patient, "meta": PSY}
        yield observation(patient, f"{patient}-v")
        yield observation(patient, f"{patient}-h", "5792-7", is_hidden=True)
        for further in range(30 if number % 2 == 0 else 0):
            yield observation(patient, f"{patient}-h{further:02}", "5792-7", is_hidden=True)


def bring_in(node, resources):
    """Imports `resources` and lets the laboratory see what is not psychiatric, each patient by their own wallet."""
    folder = os.path.join(node.folder, "records")
    wallets = os.path.join(node.folder, "wallets")
    os.makedirs(folder)
    with open(os.path.join(folder, "records.ndjson"), "w") as file:
        patients = []
        for resource in resources:
            file.write(json.dumps(resource) + "\n")
            if resource["resourceType"] == "Patient":
                patients.append(resource["id"])
    node.run("import", folder, "--wallets", wallets)
    for patient in patients:
        node.run("grant", "--wallet", os.path.join(wallets, patient + ".wallet"), "--to", "role:laboratory@aurelia",
                 "--classes", "Observation,Encounter,DiagnosticReport", "--except", "PSY", "--action", "read,search,export")
    key = os.path.join(node.folder, "laboratory.pem")
    node.run("actor add", "laboratory", "--name", "Laboratory", "--role", "laboratory", "--key-out", key)
    return ["--key", key, "--as", "laboratory", "--scope", "user/*.rs"]


# MARK: kinds

def kinds(node, words):
    """The kinds of pair, for a node that has `records()`."""
    named, free = node.client(*words, "--patient", "t-with"), node.client(*words)
    count = iter(range(10**9))

    def absent(path):
        return lambda: path.replace("ID", f"t-nox-{next(count) % 10_000:04}")

    def hidden(path):
        return lambda: path.replace("ID", f"t-with-h{next(count) % 40:02}")

    def both(path, first, second):
        return lambda: path.replace("ID", first), lambda: path.replace("ID", second)

    found = "/fhir/Observation?patient=t-with&_id=ID"
    result = []
    for name, client in (("the token names the patient", named), ("it names none", free)):
        result += [
            (f"read, {name}", client, hidden("/fhir/Observation/ID"), absent("/fhir/Observation/ID")),
            (f"vread, {name}", client, hidden("/fhir/Observation/ID/_history/1"), absent("/fhir/Observation/ID/_history/1")),
            (f"history of a resource, {name}", client, hidden("/fhir/Observation/ID/_history"),
             absent("/fhir/Observation/ID/_history")),
        ]
    result += [
        ("search by `_id`", free, hidden(found), absent(found)),
        ("search by code", free, *both("/fhir/Observation?patient=t-with&code=ID", "5792-7", "5792-8")),
        ("search by a patient's identifier", free, *both("/fhir/Patient?identifier=urn:ssn%7CID", "t-with-1", "t-none-1")),
        ("search through a chain", free, *both(found + "&encounter.class=IMP", "t-with-e1", "t-with-e2")),
        ("search by `_has`", free,
         *both(found + "&_has:Observation:has-member:code=5792-7", "t-with-m1", "t-with-m2")),
        ("`_include`", free, *both(found + "&_include=Observation:encounter", "t-with-e1", "t-with-e2")),
        ("`_revinclude`", free, *both(found + "&_revinclude=Observation:has-member", "t-with-m1", "t-with-m2")),
        ("search, 16 to see and 42 hidden or 1", free, *both("/fhir/Observation?patient=ID", "t-with", "t-less")),
        ("history of a patient, 16 to see and 42 hidden or 1", free, *both("/fhir/_history?patient=ID", "t-with", "t-less")),
        ("`$everything`, 16 to see and 42 hidden or 1", free, *both("/fhir/Patient/ID/$everything", "t-with", "t-less")),
    ]
    return result


def measure_cold(node, words, pair_count):
    """The first request about a patient after a start of the node, when the index of their records is read from disk.

    Whoever asks is served once before, about somebody else."""
    chance = random.Random(21)
    read, search = Kind("read, it names no patient, index not in memory"), Kind("search, 1 to see and 32 hidden or 2, index not in memory")
    while read.pair_count < pair_count:
        node.restart()
        client = node.client(*words)
        numbers = list(range(COLD_PATIENTS))
        chance.shuffle(numbers)
        warm, asked, searched = numbers[:2], numbers[2:2 + COLD_PER_START], numbers[2 + COLD_PER_START:]
        for number in warm * 5:
            client.request("GET", f"/fhir/Observation/t-{number:04}-h")
            client.request("GET", f"/fhir/Observation?patient=t-{number:04}")
        turns = [(True, number) for number in asked] + [(False, chance.randrange(1_000, 10_000)) for _ in asked]
        chance.shuffle(turns)
        for is_hidden, number in turns:
            read.ask(client, is_hidden, f"/fhir/Observation/t-{number:04}-h")
        turns = [number for number in searched if number % 2 == 0][:COLD_PER_START]
        turns += [number for number in searched if number % 2 == 1][:COLD_PER_START]
        chance.shuffle(turns)
        for number in turns:
            search.ask(client, number % 2 == 0, f"/fhir/Observation?patient=t-{number:04}")
    return [read, search]
