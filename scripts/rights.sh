#!/usr/bin/env bash
# Tells what patients, staff and officers may do, on a node of its own, and checks each sentence as it is told. The
# chapters are scripts/rights/*.sh, in order, each on what those before it left.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
chapters="$PWD/scripts/rights" samples="$PWD/Samples"
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

# What a sentence needs: the command it stands for, and what must come of it. The output stays in the file `out`.
told=0
chapter() { printf '\n%s\n' "$1"; }
holds() { printf '  ✔ %s\n' "$1"; told=$((told + 1)); }
fail() { printf '  ✘ %s\n' "$1" >&2; sed 's/^/      /' out >&2; exit 1; }
# tells SENTENCE PATTERN COMMAND…   the command succeeds and its output has a line like PATTERN
tells() {
    local sentence=$1 pattern=$2; shift 2
    "$@" >out 2>&1 || fail "$sentence (exit $?)"
    grep -Eq -- "$pattern" out || fail "$sentence"
    holds "$sentence"
}
# ends STATUS SENTENCE PATTERN COMMAND…   the command ends with STATUS and says something like PATTERN
ends() {
    local expected=$1 sentence=$2 pattern=$3 status=0; shift 3
    "$@" >out 2>&1 || status=$?
    [[ $status == $expected ]] && grep -Eq -- "$pattern" out || fail "$sentence (exit $status)"
    holds "$sentence"
}
refuses() { ends 1 "$@"; }  # By a rule, or because a proof does not hold.
denied() { ends 22 "$@"; }  # The same, by a request of curl.
finds() { ends 5 "$@"; }  # Damage.
# also SENTENCE PATTERN   the last output has something like PATTERN, too
also() { grep -Eq -- "$2" out || fail "$1"; holds "$1"; }
# lacks SENTENCE PATTERN   the last output has something, and nothing like PATTERN
lacks() { [ -s out ] && ! grep -Eq -- "$2" out || fail "$1"; holds "$1"; }
# soon SECONDS COMMAND…   the command succeeds before so many seconds are over
soon() {
    local end=$((${EPOCHREALTIME/./} + $1 * 1000000)); shift
    until "$@"; do [ "${EPOCHREALTIME/./}" -lt $end ] || return 1; sleep 0.05; done
}
# takes SECONDS SENTENCE COMMAND…   the command succeeds in less than so many seconds, which are told
takes() {
    local limit=$1 sentence=$2 begin=${EPOCHREALTIME/./} spent; shift 2
    "$@" >out 2>&1 || fail "$sentence (exit $?)"
    spent=$(((${EPOCHREALTIME/./} - begin) / 1000))
    [ $spent -lt $((limit * 1000)) ] || fail "$sentence ($spent ms)"
    holds "$sentence ($((spent / 1000)).$(printf '%03d' $((spent % 1000))) s)"
}
json() { python3 -c "import csv, json, sys; root = json.load(sys.stdin); print($1)"; }
flip() { python3 -c 'import sys; data = bytearray(open(sys.argv[1], "rb").read()); data[int(sys.argv[2])] ^= 1
sys.stdout.buffer.write(data)' "$@"; }  # flip FILE PLACE   the bytes of FILE with one bit of one byte changed
freeport() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

# The node, and what people do with it.
s() { "$stele" "$@" --data data; }
node() {  # node NAME OPTION…   serves the directory NAME, and returns when it answers
    : >"$1.log"
    "$stele" serve --data "$1" "${@:2}" >>"$1.log" 2>&1 & pids+=($!); node=$!
    soon 60 grep -q ready "$1.log" || { cat "$1.log" >&2; exit 1; }
}
stop() { kill "$node"; wait "$node"; }
actor() { s actor add "$1" --name "$2" --role "$3" --key-out "$1.pem" "${@:4}" >/dev/null; }
read_as() { s read "$2" --key "$1.pem" --patient "${4:-marta-kestrel}" --purpose "${3:-TREAT}"; }
token() { s token --key "$1.pem" --scope "$2" --purpose "${3:-TREAT}" ${4:+--patient "$4"}; }
fetch() {  # fetch TOKEN PATH OPTION…
    curl -sS --fail-with-body --max-time 30 --cacert data/tls/ca.pem -H "Authorization: Bearer $1" "$url/$2" "${@:3}"
}
put() { fetch "$(token surgeon 'user/*.cruds')" "fhir/$1" -X PUT -H 'Content-Type: application/fhir+json' -d "$2"; }
subject() { json 'root["subjects"][0]["subject"]' <"wallets/$1.wallet"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
random() { head -c 32 /dev/urandom | hex; }

chapter 'A hospital with six patients, its staff, a mailbox for notices, and witnesses elsewhere.'
port=$(freeport) hook=$(freeport) witnesses=("$(freeport)" "$(freeport)" "$(freeport)" "$(freeport)")
url="https://127.0.0.1:$port"
"$stele" init --data data --name rights --organisation aurelia --listen "127.0.0.1:$port" >/dev/null
(umask 077; head -c 32 /dev/urandom >hook.secret)
for index in 0 1 2 3; do
    "$stele" witness init --data "witness-$index" --name "witness.example/$index" >/dev/null
    printf 'http://127.0.0.1:%s %s\n' "${witnesses[index]}" "$(cat "witness-$index/witness.key")" >>witnesses.txt
done
sed -i -e "/^\[keys\]/a mirror = \"$work/mirror\"" \
    -e "/^\[witness\]/a list = \"$work/witnesses.txt\"\nquorum = 1" \
    -e 's/^interval_seconds = .*/interval_seconds = 1/' -e 's/^timeout_seconds = .*/timeout_seconds = 3/' \
    data/stele.toml
printf '\n[notices]\nwebhook = "http://127.0.0.1:%s/"\nsecret = "%s/hook.secret"\n' "$hook" "$work" >>data/stele.toml
: >hook.log
python3 "$chapters/hook.py" "$hook" & pids+=($!)
node data
s import "$samples/directory.json" "$samples/patients" --wallets wallets >/dev/null 2>&1
actor surgeon 'Dr. Oskar Brennauer' surgeon
actor substitute 'Dr. Ines Tallow' surgeon
actor laboratory 'Laboratory' laboratory
actor analyser 'Analyser 3' laboratory --kind device
actor anaesthetist 'Dr. Ruth Vane' anaesthetist
actor ward 'Dr. Paul Wick' physician
actor reviewer 'Quality officer' officer --officer
actor inspector 'Health inspectorate' regulator
marta=wallets/marta-kestrel.wallet tomas=wallets/tomas-brandlwood.wallet
tells 'The node answers, and the staff have keys of their own.' 'surgeon.*surgeon' s actor list

for file in "$chapters"/*.sh; do . "$file"; done

printf '\nrights: %d sentences told, every one checked\n' "$told"
