#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes models/names.model from the data folder and what is committed here; see README.md.
#
# usage: tools/names/make_model.sh [DATA [OUT]]
#
# DATA is the data folder (bench/README.md), else $NUNCIO_DATA, else ../shared/data. Takes about ten minutes on one
# core and leaves its steps in build/names/. The same inputs give the same model.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-${NUNCIO_DATA:-../shared/data}}
out=${2:-models/names.model}
work=build/names
corpora=$data/corpora

cmake --build build/release --target names_embed names_train
mkdir -p "$work"
python3 tools/names/prepare.py "$data" "$work/docs"
if [ ! -f "$work/vectors.txt" ]; then
    build/release/bin/names_embed --words 50000 "$corpora/frus.jsonl.zst" "$corpora/ungdc.jsonl.zst" --repeat 10 \
        "$corpora/current_events.jsonl.zst" "$corpora/hsg_articles.jsonl.zst" "$corpora/wikinews.jsonl.zst" \
        -o "$work/vectors.txt"
fi
train=()
for source in wikigold ewt gum re3d europarl ce wn un hs fr wire sport; do
    train+=(--train "$work/docs/$source.txt")
done
build/release/bin/names_train "${train[@]}" --dev "$work/docs/gold_dev.txt" --lists tools/names/lists \
    --vectors "$work/vectors.txt" --epochs 10 --seed 2 -o "$out"
