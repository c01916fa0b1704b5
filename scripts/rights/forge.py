# Makes a false log out of a true proof: forge.py KIND IN OUT [OTHER], where KIND is how it is false.
import sys


def read(data, at=0):
    """The value that begins at `at`, and where it ends: what docs/spec/encoding.md uses of CBOR."""
    kind, count = data[at] >> 5, data[at] & 31
    at += 1
    if kind == 7:
        return {20: False, 21: True, 22: None}[count], at
    if count >= 24:
        size = 1 << (count - 24)
        count, at = int.from_bytes(data[at : at + size], "big"), at + size
    if kind == 0:
        return count, at
    if kind == 2:
        return data[at : at + count], at + count
    items = []
    for _ in range(count * (2 if kind == 5 else 1)):
        item, at = read(data, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if kind == 5 else items), at


def head(kind, count):
    for more, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if count < 24:
            return bytes([kind << 5 | count])
        if count < 1 << 8 * size:
            return bytes([kind << 5 | more]) + count.to_bytes(size, "big")


def write(value):
    if value is None or isinstance(value, bool):
        return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(write(k) + write(v) for k, v in value.items())
    return head(4, len(value)) + b"".join(map(write, value))


def events(proof):
    """The access events in it, in their order; the other entries are grants."""
    return [entry for entry in proof[4] if b"access." in entry[1]]  # [leaf, body, result, [index, size, path]]


kind, source, target, *others = sys.argv[1:]
proof = read(open(source, "rb").read())[0]
shown = events(proof)
assert len(shown) > 4 and write(proof) == open(source, "rb").read()
first, second = shown[1], shown[5]  # One that released something, one that was refused.
if kind == "removed":
    proof[4].remove(first)
elif kind == "truncated":
    proof[4].remove(shown[-1])
elif kind == "reordered":
    first[3], second[3] = second[3], first[3]
elif kind == "released":
    assert len(first[2]) > len(second[2])
    second[2] = first[2]
elif kind == "mixed":
    first[:] = events(read(open(others[0], "rb").read())[0])[1]
open(target, "wb").write(write(proof))
