#!/usr/bin/env bash
# Runs the fault tests with one seed after the other until HOURS are over: test-nightly.sh [HOURS] [SEED]. Without
# HOURS, eight, or one round if there is a SEED. Says at the end which seeds failed; `SEED=n` runs one of them again.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=${2:-$(($(od -An -N4 -tu4 /dev/urandom) % 2147483646 + 1))}
hours=${1:-$([ -n "${2:-}" ] && echo 0 || echo 8)}
[[ $hours =~ ^[0-9]+(\.[0-9]+)?$ && $seed =~ ^[1-9][0-9]{0,9}$ && $seed -lt 2147483647 ]] || {
    echo "test-nightly: HOURS is a number, and SEED a whole one from 1 to 2147483646" >&2; exit 2; }
end=$(awk -v hours="$hours" 'BEGIN { print int(hours * 3600) }')
logs=.build/nightly
swift build --build-tests  # Or each round would fail at once.
mkdir -p "$logs"
failed=()
round=0
while [ $round -eq 0 ] || [ $SECONDS -lt "$end" ]; do
    round=$((round + 1))
    start=$SECONDS
    if STELE_SEED=$seed make --no-print-directory test-faults >"$logs/$seed.log" 2>&1; then
        printf 'test-nightly: seed %s passed in %s s\n' "$seed" "$((SECONDS - start))"
        rm "$logs/$seed.log"
    else
        failed+=("$seed")
        printf 'test-nightly: seed %s FAILED after %s s; again: make test-nightly SEED=%s; all of it: %s\n' \
            "$seed" "$((SECONDS - start))" "$seed" "$logs/$seed.log"
        grep -aE '✘|error:|Fatal error' "$logs/$seed.log" | cut -c1-600 | tail -n 20 || true
    fi
    # Far from this one: a round of simulations takes the seeds that follow its own.
    seed=$((seed * 48271 % 2147483647))
done
printf 'test-nightly: %s of %s seeds failed: %s\n' ${#failed[@]} $round "${failed[*]:-none}"
[ ${#failed[@]} -eq 0 ]
