#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How good are names on a source that nothing was learnt from? Each labelled set in turn is left out of the training.

usage: bench/quality/held_out.py [--data DIR] [--check | --write] [SET…]

F1 by CoNLL's rule over persons, places and organisations, of three taggers on each set (tools/names/conventions.py says how
its labels were brought to ours):

  model          the recipe of tools/names/make_model.sh, six epochs, all sources but the set
  no gazetteer   the same without tools/names/lists
  linear         probe.py, from the other sets alone: what free labelled sets gave before the project

Needs the trainer (cmake --build build/release --target names_train), word vectors in build/names/vectors.txt (make_model.sh
leaves them) and the Python packages python-crfsuite and numpy. Takes about 25 minutes on one core. Nothing is random: --write
stores the figures in bench/results/held_out.json, --check compares.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

from annotation import keep

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAMES = ROOT / "tools/names"
WORK = ROOT / "build/names"
RESULTS = HERE.parent / "results" / "held_out.json"
OWN = ["ce", "wn", "un", "hs", "fr", "wire", "sport"]
EPOCHS = 6

sys.path.insert(0, str(NAMES))
import conventions  # noqa: E402

FOLDS = [s for s in conventions.SETS if s != "wikineural"]


def train(held_out, *options):
    """F1 of the model, as the trainer says it."""
    command = [ROOT / "build/release/bin/names_train", "--epochs", str(EPOCHS), "--vectors", WORK / "vectors.txt", *options,
               "--dev", WORK / "docs" / f"{held_out}.txt"]
    for source in [*FOLDS, *OWN]:
        if source != held_out:
            command += ["--train", WORK / "docs" / f"{source}.txt"]
    run = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    answer = re.search(rf"^{held_out} +([0-9.]+) \(precision", run.stdout, re.MULTILINE)
    if run.returncode != 0 or answer is None:
        sys.exit(f"names_train without {held_out}: exit {run.returncode}: {run.stderr[:400]}")
    return float(answer[1])


def read_sets(data):
    return {s: [d for f in conventions.SETS[s] for d in conventions.documents(data / "gold/ner" / f, s)] for s in FOLDS}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.environ.get("NUNCIO_DATA", ROOT.parent / "shared/data"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("sets", nargs="*", default=FOLDS)
    options = parser.parse_args()
    data = pathlib.Path(options.data)
    if not (data / "gold").is_dir():
        print(f"skipped: no gold data in {data}")
        return 0
    import probe
    subprocess.run([sys.executable, NAMES / "prepare.py", data, WORK / "docs"], check=True)
    sets = read_sets(data)
    features = probe.Features(probe.read_lists(NAMES / "lists"), probe.clusters(WORK / "vectors.txt", (100, 600)))
    results = {}
    for name in options.sets:
        others = [d for s in FOLDS if s != name for d in sets[s]]
        linear = round(probe.score(features, others, sets[name], WORK / "probe.model"), 1)
        results[name] = {"linear": linear, "model": train(name, "--lists", NAMES / "lists"), "no gazetteer": train(name)}
        print(f"{name:10}", " ".join(f"{k} {v:.1f}" for k, v in results[name].items()), flush=True)
    return keep(results, RESULTS, options)


if __name__ == "__main__":
    sys.exit(main())
