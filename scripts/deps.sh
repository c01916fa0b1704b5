#!/usr/bin/env bash
# Installs what the build needs from Debian 12. Quiet when nothing is missing; safe to run again.
set -euo pipefail

packages=(
    libsodium-dev libssl-dev librocksdb-dev libmicrohttpd-dev libcurl4-openssl-dev libsimdjson-dev libstdc++-12-dev
    libp11-kit-dev pkg-config curl openssl
    zstd # Unpacks sample data for tests.
    wrk # Load generator of `make bench`.
    softhsm2 # A security module in software, for tests.
)

say() { printf 'deps: %s\n' "$*" >&2; }

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done

if [ "${#missing[@]}" -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            say "these packages are missing: ${missing[*]}"
            say "install them as root: apt-get install --no-install-recommends ${missing[*]}"
            exit 1
        }
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

version_min=6.2
if ! command -v swift >/dev/null; then
    say "the Swift toolchain is missing: install Swift $version_min or later from https://www.swift.org/install/linux"
    say "then put its usr/bin on PATH and run this again"
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n' "$version_min" "$version" | sort -V | head -n 1)" != "$version_min" ]; then
    say "Swift $version is too old: install Swift $version_min or later from https://www.swift.org/install/linux"
    exit 1
fi
