#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints line and branch coverage by folder and file, from the counters that a coverage build's tests left; ends with
status 1 when one of those that stand between the index and bytes from outside is below what is asked of it.

usage: tools/coverage.py build/coverage [FILE ...]

With files, the lines of them that have a branch no test took, and how many of how many were taken there.
"""

import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

# Percent of branches that tests have to take.
LEAST = {name: 95.0 for name in (
    "core/", "segment/", "query/language/lexer.c", "query/language/parser.c", "query/language/parse_field.c", "query/language/parse_leaf.c",
    "ingest/splitter.c", "ingest/splitter_values.c", "ingest/read_record.c")}
LAYERS = ("core", "text", "annotate", "segment", "indexer", "query", "ingest", "cli")


def reports(build):
    notes = [path.resolve() for path in build.rglob("*.gcda")]
    with tempfile.TemporaryDirectory() as work:
        for start in range(0, len(notes), 50):
            subprocess.run(["gcov", "--json-format", "--branch-probabilities", *map(str, notes[start:start + 50])],
                           cwd=work, capture_output=True, check=False)
            for path in pathlib.Path(work).glob("*.gcov.json.gz"):
                yield json.loads(gzip.open(path).read())
                path.unlink()


def print_missing(path, branches):
    """The lines of a file that have branches not taken."""
    text = path.read_text(encoding="utf-8").splitlines()
    for line in sorted({number for (number, _), count in branches.items() if count == 0}):
        counts = [count for (number, _), count in sorted(branches.items()) if number == line]
        print(f"{path.name}:{line}: {sum(map(bool, counts))}/{len(counts)}  {text[line - 1].strip()}")


def main():
    build = pathlib.Path(sys.argv[1])
    root = str(build.resolve().parents[1]) + "/"
    lines, branches = collections.defaultdict(dict), collections.defaultdict(dict)
    for report in reports(build):
        for file in report["files"]:
            # Relative where ccache has a base directory; headers are reached through links.
            path = pathlib.Path(report["current_working_directory"], file["file"]).resolve()
            name = str(path).removeprefix(root)
            if name.split("/")[0] not in LAYERS or name == "core/cpu.h":  # which processor runs the tests
                continue
            for line in file["lines"]:
                number = line["line_number"]
                lines[name][number] = max(lines[name].get(number, 0), line["count"])
                for index, branch in enumerate(line["branches"]):
                    key = (number, index)
                    branches[name][key] = max(branches[name].get(key, 0), branch["count"])
    for name in sys.argv[2:]:
        print_missing(pathlib.Path(root, name), branches[name])
    if sys.argv[2:]:
        return 0
    totals = collections.defaultdict(lambda: [0, 0, 0, 0])
    for name in sorted(lines):
        row = [sum(map(bool, lines[name].values())), len(lines[name]),
               sum(map(bool, branches[name].values())), len(branches[name])]
        for key in (name, name.split("/")[0] + "/"):
            totals[key] = [a + b for a, b in zip(totals[key], row)]
    below = []
    for name in sorted(totals):
        hit, all_lines, taken, all_branches = totals[name]
        percent = 100 * taken / max(all_branches, 1)
        print(f"{name:<40} lines {100 * hit / max(all_lines, 1):5.1f} %   branches {percent:5.1f} %")
        if percent < LEAST.get(name, 0):
            below.append(f"{name} {percent:.1f} %, of {LEAST[name]:.0f}")
    missing = sorted(LEAST.keys() - totals.keys())
    print("\n".join(["branches below what is asked:", *below] if below else ["branches: all that is asked is reached"]))
    if missing:
        print("not measured:", *missing)
    return 1 if below or missing else 0


if __name__ == "__main__":
    sys.exit(main())
