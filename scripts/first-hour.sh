#!/usr/bin/env bash
# Runs the commands of docs/operate/first-hour.md as they stand there: its sh blocks, one after the other, in one shell
# that stops at the first failure, in a folder of its own that looks like the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD page=docs/operate/first-hour.md build=.build/${STELE_BUILD:-release}
[ -x "$build/stele" ] || { echo "first-hour: $PWD/$build/stele is not built; run make release" >&2; exit 2; }
work=$(mktemp -d)
finish() {
    code=$?
    if [ $code -eq 0 ]; then rm -rf "$work"; else echo "first-hour: failed; everything is in $work" >&2; fi
}
trap finish EXIT

# The page's port if it is free, else any.
port=$(python3 - <<'PY'
import socket
for port in (8443, 0):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try: s.bind(("127.0.0.1", port))
        except OSError: continue
        print(s.getsockname()[1]); break
PY
)
{
    # What is built is not built again, and whatever still runs at the end is stopped.
    printf '%s\n' 'set -euo pipefail' 'make() { [ "$*" = release ]; }' \
        'stop() { for pid in $(jobs -p); do kill "$pid" && wait "$pid" || true; done; }' 'trap stop EXIT'
    awk '/^```/ { inside = $0 == "```sh"; if (inside) printf "printf \"\\n%s, line %d\\n\"\n", FILENAME, FNR + 1; next }
         inside' $page
} >"$work/blocks.sh"
if [ "$port" != 8443 ]; then
    echo "first-hour: port 8443 is taken; the page's node listens on $port instead"
    sed -i -e "s/127\.0\.0\.1:8443/127.0.0.1:$port/g" -e "s/^stele init .*/& --listen 127.0.0.1:$port/" \
        "$work/blocks.sh"
fi
mkdir "$work/.build"
ln -s "$repository/$build" "$work/.build/release"
ln -s "$repository/Samples" "$work/Samples"
cd "$work"
fail() { cat out >&2; echo "first-hour: $1" >&2; exit 1; }
timeout 300 bash blocks.sh >out 2>&1 || fail 'a command of the page failed'

# What the page says of them. An answer of curl's is no failure of the shell's, whatever is in it.
for pattern in '"status":"ready"' '"token_endpoint"' '^block 0 ' ' 0 refused$' '^registered surgeon' \
    '"access.refused"' '^granted ' '^HTTP/1.1 200 ' '^Stele-Transaction: ' '"total":3' 'released under your grant' \
    '"outcome":"withheld"' 'its [0-9]* bytes are those anchored' 'are all there are' 'error: proof.false' '^exit 1$'; do
    grep -q -- "$pattern" out || fail "nothing is like $pattern"
done
# Both proofs hold, and what is hidden looks like what is absent.
for pattern in '^The proof holds' '"record.unavailable"'; do
    [ "$(grep -c -- "$pattern" out)" -eq 2 ] || fail "not two are like $pattern"
done
printf 'first-hour: %d blocks, each of them works as pasted\n' "$(grep -c "^$page, line " out)"
