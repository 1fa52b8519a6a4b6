#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Indexes samples/ into a fresh index and runs the searches that show what nuncio does.
# usage: tools/demo.sh     (from ./dev demo, which builds first)
set -euo pipefail
cd "$(dirname "$0")/.."
nuncio=build/release/bin/nuncio
export NUNCIO_INDEX=build/demo-index
color=always
[ -n "${NO_COLOR:-}" ] && color=never

run() {
    printf '\n\033[2m$\033[0m \033[1mnuncio %s\033[0m\n' "$1"
    shift
    "$nuncio" "$@"
}

rm -rf "$NUNCIO_INDEX"
run 'index samples/' index samples/
