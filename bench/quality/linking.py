#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well names of one person are joined and of two kept apart: the persons tagged in FRUS, volume by volume.

usage: bench/quality/linking.py NUNCIO FRUS_JSONL_ZST FRUS_TEI_JSONL_ZST [--write | --check] [--each]

Two parts of twelve volumes and more: those that were looked at while rules were written, and others held out. Each volume is indexed as an archive of its own. A tagged person counts as found when a mention of a person overlaps the tag. Over those found, every pair
of tags in one volume is asked: is it one person (the tags have one reference), and did nuncio join it (the names of both mentions are forms of one
entity)? Pairs of one and the same document and spelling are left out: joining them is no merit. Tags are not exhaustive, so precision is of pairs.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

RESULTS = pathlib.Path(__file__).resolve().parent.parent / "results" / "linking.txt"


def lines(path):
    with subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE) as process:
        yield from process.stdout


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def entities_of(nuncio, index):
    """The entity that each form of a person's name means."""
    found = json.loads(run(nuncio, "entities", "-i", index, "--limit", "1000000", "--format", "json"))
    return {form["text"]: number for number, entity in enumerate(found["entities"])
            for form in entity["forms"] if form["type"] == "person"}


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def measure(nuncio, articles, gold, folder):
    """(tags, found, pairs of one person, pairs joined, pairs joined rightly) of a volume."""
    source = folder / "volume.jsonl"
    source.write_bytes(b"".join(articles))
    index = str(folder / "index")
    run(nuncio, "index", "-i", index, str(source))
    entity = entities_of(nuncio, index)
    tags = found = 0
    seen = collections.Counter()
    for line in run(nuncio, "annotate", str(source)).splitlines():
        article = json.loads(line)
        mentions = [m for m in article["entities"] if m["type"] == "person"]
        for start, end, kind, ref in gold.get(article["id"], []):
            if kind != "PER" or not ref:
                continue
            tags += 1
            mention = next((m for m in mentions if m["start"] < end and start < m["end"]), None)
            if mention is not None:
                found += 1
                seen[article["id"], mention["name"], ref] = 1
    groups = collections.Counter()
    for _, name, ref in seen:
        groups[ref, entity.get(name, name)] += 1
    people, joined = collections.Counter(), collections.Counter()
    for (ref, number), n in groups.items():
        people[ref] += n
        joined[number] += n
    return tags, found, pairs(people.values()), pairs(joined.values()), pairs(groups.values())


# Volumes whose missed and wrong pairs were read while rules were written.
LOOKED_AT = """
frus1917-72PubDip frus1952-54Guat frus1955-57v02 frus1955-57v03 frus1955-57v04 frus1955-57v08 frus1955-57v09 frus1955-57v13
frus1955-57v23p1 frus1955-57v23p2 frus1955-57v25 frus1958-60v01 frus1958-60v07p1 frus1958-60v08 frus1958-60v09 frus1958-60v17
frus1961-63v03 frus1961-63v09 frus1961-63v12 frus1961-63v17 frus1961-63v21 frus1961-63v22 frus1964-68v02 frus1964-68v03
frus1964-68v13 frus1964-68v14 frus1964-68v17 frus1964-68v18 frus1964-68v22 frus1964-68v26 frus1964-68v29p1 frus1969-76v01
frus1969-76ve04 frus1969-76ve05p2 frus1977-80v01
""".split()
HELD_OUT = 24  # volumes drawn from the rest
TAGS_MIN = 200  # of a volume that counts


def describe(total):
    tags, found, people, joined, right = total
    precision, recall = 100 * right / max(joined, 1), 100 * right / max(people, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return (f"tagged persons {tags}\nrecall of tags {100 * found / tags:.1f}\npairs of one person {people}\n"
            f"pair precision {precision:.1f}\npair recall {recall:.1f}\npair F1 {f1:.1f}\n")


def measure_part(options, name, chosen, articles, gold):
    total = [0] * 5
    for volume in sorted(chosen):
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(options.nuncio, articles[volume], gold, pathlib.Path(folder))
        if options.each:
            print(volume, describe(figures).replace("\n", "; "), flush=True)
        total = [a + b for a, b in zip(total, figures)]
    return f"{name}, volumes {len(chosen)}\n{describe(total)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nuncio")
    parser.add_argument("frus")
    parser.add_argument("tei")
    parser.add_argument("--each", action="store_true", help="print each volume too")
    parser.add_argument("--write", action="store_true", help="store the figures")
    parser.add_argument("--check", action="store_true", help="compare with those stored")
    options = parser.parse_args()
    gold = {}
    for line in lines(options.tei):
        row = json.loads(line)
        if any(e[2] == "PER" for e in row["ents"]):
            gold[row["id"]] = row["ents"]
    volumes = collections.Counter()
    for name, ents in gold.items():
        volumes[name.split("/")[0]] += sum(e[2] == "PER" for e in ents)
    rest = sorted(name for name, count in volumes.items() if count >= TAGS_MIN and name not in LOOKED_AT)
    held_out = random.Random(54).sample(rest, min(HELD_OUT, len(rest)))
    articles = collections.defaultdict(list)
    for line in lines(options.frus):
        volume = line[8:line.index(b"/")].decode()
        if volume in LOOKED_AT or volume in held_out:
            articles[volume].append(line)
    found = (measure_part(options, "looked at", LOOKED_AT, articles, gold) + "\n"
             + measure_part(options, "held out", held_out, articles, gold))
    print(found, end="")
    if options.write:
        RESULTS.write_text(found)
    if options.check and found != RESULTS.read_text():
        sys.exit(f"figures differ from {RESULTS}")


if __name__ == "__main__":
    main()
