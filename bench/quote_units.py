#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what quotes and names cost: the size of the index with and without them, and how long searches for quotes and
facets take beside a search for passages.

usage: bench/quote_units.py [--program P] [--data DIR] [--rounds 9] [--write | --check]

Growth is what an index without stored text gains: names beside neither (`--no-annotations`), quotes beside names alone
(`--no-quotes`). Bytes are the same on every machine: --check compares them, and nothing else. Each query is asked for quotes, for passages and for facets in turn, in processes of their own; the times are the
medians of what the program says of the search alone, those of quotes and facets as multiples of that of passages.
Counts are the same on every machine.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

from common import DATA, HERE, PROGRAM, corpora, machine_card, stats

RESULT = HERE / "results" / "quote_units.json"

# Name, options of `quotes`, the words. What a speaker said is compared with passages of the same words.
QUERIES = (
    ("Dulles on Berlin", ["--speaker", "Dulles"], "Berlin"),
    ("all of Dulles", ["--speaker", "Dulles"], ""),
    ("a word", [], "Berlin"),
    ("two words", [], "nuclear weapons"),
    ("a phrase", [], '"nuclear weapons"'),
    ("both words", [], "Berlin AND Soviet"),
    ("a rare and a common word", [], "the Berlin"),
    ("a common word", [], "the"),
    ("a beginning", [], "nucl*"),
)


def ask(program, *arguments):
    """Standard output, and the milliseconds that the program says it took."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{arguments}: {done.stderr}")
    took = re.search(r"in ([0-9.]+) ms", done.stderr)
    return done.stdout, float(took[1]) if took else None


def measure(program, index, rounds):
    rows = []
    for name, options, words in QUERIES:
        asked = {"quotes": ["quotes", "-i", index, *options, words],
                 "passages": ["search", "-i", index, words or "speaker:" + options[1]],
                 "facets": ["facets", "-i", index, "--unit", "quote",
                            " ".join(filter(None, ["speaker:" + options[1] if options else "", f"({words})" if words else ""]))]}
        if not words:
            asked["quotes"].pop()
        times = {kind: [] for kind in asked}
        for _ in range(rounds):
            for kind, arguments in asked.items():
                times[kind].append(ask(program, *arguments)[1])
        middle = {kind: statistics.median(of) for kind, of in times.items()}
        counts = json.loads(ask(program, *asked["quotes"][:3], "--format", "json", "--count", *asked["quotes"][3:])[0])
        rows.append({"query": name, "quotes": counts["total"], "milliseconds": round(middle["quotes"], 2),
                     "times_passages": round(middle["quotes"] / middle["passages"], 2),
                     "facets_times_passages": round(middle["facets"] / middle["passages"], 2)})
        print(f"  {name:<26} {counts['total']:>8} quotes {middle['quotes']:>8.1f} ms   "
              f"x {rows[-1]['times_passages']:<6} facets x {rows[-1]['facets_times_passages']}", flush=True)
    return rows


def size_without_text(program, index, inputs, *options):
    """Bytes of a new index, less those of stored texts, and its statistics."""
    ask(program, "index", "-i", index, "--quiet", *options, *inputs)
    listing = stats(program, index)
    return listing["bytes"]["total"] - listing["bytes"]["text"], listing


def growth(program, folder, name, inputs):
    """What names, then quotes add; leaves the whole index in folder/name."""
    bare, _ = size_without_text(program, folder / f"{name}-bare", inputs, "--no-annotations")
    names, _ = size_without_text(program, folder / f"{name}-names", inputs, "--no-quotes")
    whole, listing = size_without_text(program, folder / name, inputs)
    row = {"quotes": listing["quotes"], "mentions": listing["mentions"], "bytes_neither": bare, "bytes_names": names - bare,
           "bytes_quotes": whole - names, "names_percent": round((names - bare) * 100 / bare, 2),
           "quotes_percent": round((whole - names) * 100 / names, 2)}
    print(f"  {name:<12} names {row['names_percent']} %   quotes {row['quotes_percent']} %   {row}", flush=True)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    inputs = corpora(arguments.data)
    news = arguments.data / "gold/quotes/polnear_train.jsonl.zst"
    if not inputs or not news.exists():
        print("skipped: the data folder is not there")
        return 0
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory(dir=HERE.parent / "build") as name:
        folder = pathlib.Path(name)
        sizes = {"polnear": growth(arguments.program, folder, "polnear", [news]),
                 "frus+ungdc": growth(arguments.program, folder, "frus+ungdc", inputs)}
        if arguments.check:
            if known.get("growth") != sizes:
                print(f"sizes differ from {RESULT}")
                return 1
            return 0
        rows = measure(arguments.program, folder / "frus+ungdc", arguments.rounds)
    figures = {"growth": sizes, "archive": "frus+ungdc", "queries": rows, "machine": machine_card()}
    if arguments.write:
        RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
