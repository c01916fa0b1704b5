"""Whether the clock tells hidden from absent: pairs of reads, one of a record that is there and hidden, one of an id that
nothing has, in random order, and how well their times can be told apart."""
import random
import time


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


def measure(client, hidden, absent, pair_count, bodies=None):
    """AUC over `pair_count` pairs, folded to 0.5 and above; `hidden` and `absent` give a path each time they are asked."""
    times = {"hidden": [], "absent": []}
    chance = random.Random(20)
    for _ in range(50):
        client.request("GET", hidden())
        client.request("GET", absent())
    for _ in range(pair_count):
        order = ["hidden", "absent"]
        chance.shuffle(order)
        for which in order:
            path = hidden() if which == "hidden" else absent()
            start = time.perf_counter()
            answer = client.request("GET", path)
            times[which].append(time.perf_counter() - start)
            if bodies is not None:
                bodies.add((which, answer.status, normalised(answer)))
    area = auc(times["hidden"], times["absent"])
    return max(area, 1 - area)


def normalised(answer):
    """The body without what is random by design: the error's id."""
    body = answer.json
    body.pop("id", None)
    return str(sorted(body.items()))
