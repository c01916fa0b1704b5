# account.py WHAT IN OUT   an account of disclosures with one field of its first line changed, as somebody would who has
# the file and no key.
import json
import sys

what, source, target = sys.argv[1:]
text = open(source).read()
root = json.loads(text)
account = root["account"]
line = account["disclosures"][0]
other = "7b" * 32


def change():
    if what in ("name", "id", "kind", "organisation"):
        line["recipient"][what] = "another"
    elif what in ("purposes", "records", "grants"):
        line[what] = [other]
    elif what == "ids":
        line["opening"]["records"] = [other]
    elif what in ("transaction", "emergency"):
        line[what] = other
    elif what in ("time", "unordered"):
        line[what] = "2020-01-01T00:00:00Z"
    elif what == "number":
        line["number"] += 1
    elif what == "exemption":
        line["exemption"], line["must_be_accounted"] = None, True
    elif what == "assertion":
        line["opening"]["assertion"] = "a.b.c"
    elif what == "salt":
        line["opening"]["manifest_salt"] = other
    elif what == "removed":
        account["disclosures"].pop(0)
        account["count"] -= 1
    else:
        sys.exit("account.py: what is " + what + "?")


def spelled():
    return '{"account":%s,"proof":"%s"}' % (
        json.dumps(account, separators=(",", ":"), ensure_ascii=False), root["proof"])


# Unchanged it is the same file: what is found is the change, not another spelling.
if spelled() != text.strip():
    sys.exit("account.py: the account is spelled in another way than here")
change()
open(target, "w").write(spelled())
