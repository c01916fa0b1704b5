#!/usr/bin/env bash
# Tells what patients, staff and officers may do, on a node of its own, and checks each sentence as it is told.
set -euo pipefail
cd "$(dirname "$0")/.."
stele="$PWD/.build/${STELE_BUILD:-release}/stele"
[ -x "$stele" ] || { echo "rights: $stele is not built; run make release" >&2; exit 2; }
work=$(mktemp -d)
pids=()
finish() {
    code=$?
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
    if [ $code -eq 0 ]; then rm -rf "$work"; else echo "rights: failed; everything is in $work" >&2; fi
}
trap finish EXIT
cd "$work"

told=0
fail() { printf '  ✘ %s\n' "$1" >&2; sed 's/^/      /' out >&2; exit 1; }
# tells SENTENCE PATTERN COMMAND…   the command succeeds and its output has a line like PATTERN
tells() {
    local sentence=$1 pattern=$2; shift 2
    "$@" >out 2>&1 || fail "$sentence"
    grep -Eq -- "$pattern" out || fail "$sentence"
    printf '  ✔ %s\n' "$sentence"; told=$((told + 1))
}
# refuses SENTENCE CODE COMMAND…   the command ends with 1 and names CODE
refuses() {
    local sentence=$1 code=$2 status=0; shift 2
    "$@" >out 2>&1 || status=$?
    [ $status -eq 1 ] && grep -q -- "$code" out || fail "$sentence (exit $status)"
    printf '  ✔ %s\n' "$sentence"; told=$((told + 1))
}
chapter() { printf '\n%s\n' "$1"; }
freeport() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

chapter 'A hospital with six patients, its staff, and a mailbox for notices.'
port=$(freeport); hook=$(freeport)
"$stele" init --data data --name rights --organisation aurelia --listen "127.0.0.1:$port" >/dev/null
(umask 077; head -c 32 /dev/urandom >hook.secret)
printf '\n[notices]\nwebhook = "http://127.0.0.1:%s/"\nsecret = "%s/hook.secret"\n' "$hook" "$work" >>data/stele.toml
cat >hook.py <<'PY'
import hashlib, hmac, http.server, sys
secret = open("hook.secret", "rb").read()
class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time, code = (part.split("=")[1] for part in self.headers["Stele-Signature"].split(","))
        good = hmac.compare_digest(hmac.new(secret, time.encode() + b"." + body, hashlib.sha256).hexdigest(), code)
        open("hook.log", "ab").write((b"signed " if good else b"FORGED ") + body + b"\n")
        self.send_response(204); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()
PY
: >hook.log
python3 hook.py "$hook" & pids+=($!)
"$stele" serve --data data >serve.log 2>&1 & pids+=($!)
for _ in $(seq 150); do grep -q ready serve.log && break; sleep 0.2; done
grep -q ready serve.log || { cat serve.log >&2; exit 1; }
url="https://127.0.0.1:$port" ca="$work/data/tls/ca.pem"
s() { "$stele" "$@" --data data; }
s import "$OLDPWD/Samples/directory.json" "$OLDPWD/Samples/patients" --wallets wallets >/dev/null
actor() { s actor add "$1" --name "$2" --role "$3" --key-out "$1.pem" "${@:4}" >/dev/null; }
actor surgeon 'Dr. Oskar Brennauer' surgeon
actor substitute 'Dr. Ines Tallow' surgeon
actor laboratory 'Laboratory' laboratory
actor anaesthetist 'Dr. Ruth Vane' anaesthetist
actor ward 'Dr. Paul Wick' physician
actor reviewer 'Quality officer' officer --officer
actor inspector 'Health inspectorate' regulator
marta=wallets/marta-kestrel.wallet
read_as() { s read "$2" --key "$1.pem" --patient "${4:-marta-kestrel}" --purpose "${3:-TREAT}"; }
token() { s token --key "$1.pem" --scope "$2" --purpose "${3:-TREAT}" ${4:+--patient "$4"}; }
put() {
    curl -sS --fail-with-body --cacert "$ca" -X PUT -H "Authorization: Bearer $(token surgeon 'user/*.cruds')" \
        -H 'Content-Type: application/fhir+json' -d "$2" "$url/fhir/$1"
}
stay() {
    printf '{"resourceType":"Encounter","id":"kestrel-stay","status":"%s","class":{"system":"%s","code":"IMP"},' \
        "$1" http://terminology.hl7.org/CodeSystem/v3-ActCode
    printf '"subject":{"reference":"Patient/marta-kestrel"}}'
}
tells 'The node answers, and the staff have keys of their own.' 'surgeon.*surgeon' s actor list

chapter 'A stay in hospital: one act, three scopes, and an end that nobody can forget.'
tells 'Marta is admitted.' '"status":"in-progress"' put Encounter/kestrel-stay "$(stay in-progress)"
tells 'In one act she opens an episode for surgeon, laboratory and anaesthetist, until the stay is over.' \
    'is open until Encounter/kestrel-stay is over' \
    s episode open --wallet $marta --encounter Encounter/kestrel-stay \
    --scope 'to=role:surgeon@aurelia classes=laboratory,imaging except=PSY' \
    --scope 'to=role:laboratory@aurelia classes=laboratory' --scope 'to=role:anaesthetist@aurelia classes=laboratory'
for who in surgeon laboratory anaesthetist; do
    tells "The $who reads her blood count." kestrel-hemoglobin read_as $who Observation/kestrel-hemoglobin
done
tells 'A substitute with the same role reads it without asking again.' kestrel-hemoglobin \
    read_as substitute Observation/kestrel-hemoglobin
refuses 'The ward physician, for whom there is no scope, does not.' access.refused \
    read_as ward Observation/kestrel-hemoglobin
tells "The surgeon's role is suspended." 'is no surgeon for now' s actor suspend surgeon --role surgeon
refuses 'From then on the surgeon reads nothing by it.' access.refused read_as surgeon Observation/kestrel-hemoglobin
tells 'The substitute goes on.' kestrel-hemoglobin read_as substitute Observation/kestrel-hemoglobin
tells 'Resumed, the role counts again.' 'is surgeon again' s actor resume surgeon --role surgeon
tells 'So does what the surgeon reads by it.' kestrel-hemoglobin read_as surgeon Observation/kestrel-hemoglobin
tells 'Marta is discharged.' '"status":"finished"' put Encounter/kestrel-stay "$(stay finished)"
for who in surgeon laboratory anaesthetist substitute; do
    refuses "The $who reads no more." access.refused read_as $who Observation/kestrel-hemoglobin
done

chapter 'An emergency: one person, one patient, one hour, and a review.'
open_as() { s emergency open --patient "$2" --reason "${3:-life_threatening}" --minutes "${4:-60}" --key "$1.pem"; }
tells 'The ward physician opens her records for an hour.' 'are open to you until' open_as ward marta-kestrel
opened=$(sed -n 's/.*emergency  *\([0-9a-f]\{64\}\).*/\1/p' out)
tells 'Within five seconds the mailbox knows that there is a notice, and nothing else.' \
    '^signed \{"id":"[0-9.]+","kind":"emergency.opened"\}$' \
    bash -c 'for _ in $(seq 50); do grep -q opened hook.log && break; sleep 0.1; done; cat hook.log'
notices() { curl -sS --cacert "$ca" -H 'Accept: application/json' -H "Authorization: Bearer $1" \
    "$url/custodian/v1/notices"; }
tells 'Marta is told who, why and until when.' '"asker":"Dr. Paul Wick"' notices "$(s token --wallet $marta)"
tells 'So are the officers.' '"patient":"marta-kestrel"' notices "$(token reviewer 'user/*.rs' HOPERAT)"
tells 'The physician reads what no grant permits.' kestrel-hemoglobin \
    read_as ward Observation/kestrel-hemoglobin ETREAT
refuses 'For another purpose the records stay closed.' access.refused read_as ward Observation/kestrel-hemoglobin TREAT
refuses 'So do those of another patient.' access.refused read_as ward Observation ETREAT tomas-brandlwood
refuses 'So do hers to somebody else.' access.refused read_as laboratory Observation/kestrel-hemoglobin ETREAT
tells 'The review waits.' "$opened .*Dr. Paul Wick opened marta-kestrel" s review list --key reviewer.pem
tells 'An officer closes it with a finding.' 'found justified' \
    s review close "$opened" --finding justified --key reviewer.pem
refuses 'With the review the emergency ends.' access.refused read_as ward Observation/kestrel-hemoglobin ETREAT
refuses 'A review is closed once.' review.unknown s review close "$opened" --finding unjustified --key reviewer.pem

chapter 'The log: what Marta sees, and what nobody can hide from her.'
tells 'Her log names the emergency in words, with the finding.' \
    'released in an emergency: life or limb in danger; open until .*found justified' s log --wallet $marta
tells 'Refusals are in it.' 'refused: no grant permits|nothing released' s log --wallet $marta
tells 'That she looked is in it too.' 'you looked at this log' s log --wallet $marta
tells 'An account of disclosures is a page to print.' 'account.html' \
    s log --wallet $marta --disclosures --format html --out account.html --proof log.steleproof
tells 'It names who received what.' 'Dr. Ines Tallow' cat account.html
tells 'As a table it has a line for each release.' '^[0-9]+,.*,Dr. Paul Wick,' \
    s log --wallet $marta --disclosures --format csv
tells 'Offline, the proof shows that no event is missing.' 'are all there are' \
    "$stele" verify log.steleproof --trust data/trust.key
subject=$("$stele" verify log.steleproof --trust data/trust.key --json |
    python3 -c 'import json, sys; print([s["subject"] for s in json.load(sys.stdin)["statements"] if s["shows"] == "complete"][0])')
tells 'It is the log of her subject.' 'The proof holds' \
    "$stele" verify log.steleproof --trust data/trust.key --subject "$subject"
refuses 'The log of another subject is none of hers.' proof.false \
    "$stele" verify log.steleproof --trust data/trust.key --subject "$(printf '0%.0s' $(seq 64))"
cp log.steleproof changed.steleproof
printf '\377' | dd of=changed.steleproof bs=1 seek=3000 conv=notrunc 2>/dev/null
if "$stele" verify changed.steleproof --trust data/trust.key >out 2>&1; then fail 'A changed byte is found.'; fi
printf '  ✔ %s\n' 'A changed byte is found.'; told=$((told + 1))

chapter 'Who looks after them all: officers, and the inspectorate.'
tells 'An officer finds every access in an emergency.' '[1-9][0-9]* accesses in all' \
    s accesses --emergency true --key reviewer.pem
tells 'By person, purpose and outcome.' 'Dr. Paul Wick .*ETREAT.* released' \
    s accesses --actor ward --purpose ETREAT --outcome released --key reviewer.pem
tells 'The inspectorate sees who and when.' 'Dr. Oskar Brennauer' s accesses --actor surgeon --key inspector.pem
if grep -Eq 'marta|kestrel|Observation' out; then fail 'The inspectorate sees no patient and no content.'; fi
printf '  ✔ %s\n' 'It sees no patient and no content.'; told=$((told + 1))
refuses 'Others see nothing of it.' actor.not_allowed s accesses --key surgeon.pem

printf '\nrights: %d sentences told, every one checked\n' "$told"
