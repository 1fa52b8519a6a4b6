#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every measurement and writes its figures to bench/results/.
# usage: bench/run.sh [retrieval | build | upkeep | quotes | quality | search | kernels [OPTIONS]]    (from ./dev bench, which builds first)
set -euo pipefail
cd "$(dirname "$0")/.."
only=${1:-}
[ $# -gt 0 ] && shift
options=("$@")

step() {
    [ -n "$only" ] && [ "$only" != "$1" ] && return
    printf '\n== %s ==\n' "$1"
    shift
    "$@" "${options[@]}"
}

step retrieval bench/retrieval.py --write
step build bench/build.py --write
step upkeep bench/upkeep.py --write
step quotes bench/quote_units.py --write
step quality bench/quality/annotation.py --write
step quality bench/quality/quotes.py --write
step search bench/search.py --write
step kernels bench/kernels.py --write
