#!/usr/bin/env bash
# Runs a node against outside material and outside readers. Their Python packages live in .build/interop, made once.
set -euo pipefail
cd "$(dirname "$0")/.."

home=.build/interop
stamp="$home/requirements.txt"
if ! cmp -s Tests/Interop/requirements.txt "$stamp"; then
    printf 'conformance: installing the outside readers of Tests/Interop/requirements.txt\n' >&2
    rm -rf "$home"
    python3 -m venv "$home" 2>/dev/null || {
        apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        python3 -m venv "$home"
    }
    "$home/bin/pip" --quiet --disable-pip-version-check install --requirement Tests/Interop/requirements.txt
    cp Tests/Interop/requirements.txt "$stamp"
fi
exec "$home/bin/python" Tests/Interop/conformance.py "$@"
