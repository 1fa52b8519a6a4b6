#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well names of one person are joined and of two kept apart: the persons tagged in FRUS, volume by volume.

usage: bench/quality/linking.py NUNCIO FRUS_JSONL_ZST FRUS_TEI_JSONL_ZST [--volumes N] [--seed N]

Each volume is indexed as an archive of its own. A tagged person counts as found when a mention of a person overlaps the tag. Over those found, every pair
of tags in one volume is asked: is it one person (the tags have one reference), and did nuncio join it (the names of both mentions are forms of one
entity)? Pairs of one and the same document and spelling are left out: joining them is no merit. Tags are not exhaustive, so precision is of pairs.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import tempfile


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nuncio")
    parser.add_argument("frus")
    parser.add_argument("tei")
    parser.add_argument("--volumes", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    gold = {}
    for line in lines(options.tei):
        row = json.loads(line)
        if any(e[2] == "PER" for e in row["ents"]):
            gold[row["id"]] = row["ents"]
    volumes = collections.defaultdict(int)
    for name, ents in gold.items():
        volumes[name.split("/")[0]] += sum(e[2] == "PER" for e in ents)
    tagged = sorted(name for name, count in volumes.items() if count >= 200)
    chosen = set(random.Random(options.seed).sample(tagged, min(options.volumes, len(tagged))))
    articles = collections.defaultdict(list)
    for line in lines(options.frus):
        volume = line[8:line.index(b"/")].decode()
        if volume in chosen:
            articles[volume].append(line)
    total = [0] * 5
    for volume in sorted(chosen):
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(options.nuncio, articles[volume], gold, pathlib.Path(folder))
        total = [a + b for a, b in zip(total, figures)]
    tags, found, people, joined, right = total
    precision, recall = 100 * right / joined, 100 * right / people
    print(f"volumes {len(chosen)}\ntagged persons {tags}\nrecall of tags {100 * found / tags:.1f}\n"
          f"pairs of one person {people}\npair precision {precision:.1f}\npair recall {recall:.1f}\n"
          f"pair F1 {2 * precision * recall / (precision + recall):.1f}")


if __name__ == "__main__":
    main()
