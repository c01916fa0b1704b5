#!/usr/bin/env bash
# Turns the doc comments and landing pages into a static site under .build/docs, without the network.
set -euo pipefail
cd "$(dirname "$0")/.."

site=.build/docs
docc=$(command -v docc || echo "$(dirname "$(readlink -f "$(command -v swift)")")/docc")
[ -x "$docc" ] || { echo "docs: docc is missing; it is part of the Swift toolchain" >&2; exit 1; }

graphs=$(swift build --show-bin-path)/../symbolgraph
rm -rf "$graphs"
swift build --quiet
# It also asks for the graphs of test bundles, which are not built here, and fails over them alone: what matters is that
# every graph used below exists.
swift package dump-symbol-graph --skip-synthesized-members --minimum-access-level public >/dev/null 2>&1 || true
rm -rf "$site"
mkdir -p "$site/graphs"
archives=()
for catalog in Sources/*/*.docc; do
    target=$(basename "$catalog" .docc)
    mkdir -p "$site/graphs/$target"
    cp "$graphs/$target".symbols.json "$site/graphs/$target/"
    for extensions in "$graphs/$target"@*.symbols.json; do
        [ ! -e "$extensions" ] || cp "$extensions" "$site/graphs/$target/"
    done
    "$docc" convert "$catalog" --additional-symbol-graph-dir "$site/graphs/$target" \
        --fallback-display-name "$target" --fallback-bundle-identifier "stele.$target" \
        --diagnostic-level error --transform-for-static-hosting \
        --output-path "$site/$target.doccarchive"
    archives+=("$site/$target.doccarchive")
done
"$docc" merge "${archives[@]}" --output-path "$site/site" --synthesized-landing-page-name Stele
rm -rf "$site/graphs" "${archives[@]}"
echo "docs: serve $site/site with any static file server, such as: python3 -m http.server -d $site/site"
