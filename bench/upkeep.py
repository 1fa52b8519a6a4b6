#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures years of upkeep: changes leave no trace in the scores, and building stays as fast as the archive grows.

usage: bench/upkeep.py [--program P] [--data DIR] [--memory 256M] [--queries 400] [--scales 1,4,16] [--write]

Part one indexes an archive, deletes half of its articles, replaces a quarter and adds a few again, in several
commits; searches it, optimizes it, searches again; and compares every id and every bit of every score with a
fresh index of what is left. Part two builds generated archives 1, 4 and 16 times as large within the same memory.
"""

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from common import (DATA, HERE, PROGRAM, Undisturbed, articles_of, corpora, generated_archive, grown_archive, machine_card,
                    timed)

RESULT = HERE / "results" / "upkeep.json"


def changed(article):
    """Another version of an article: its last third goes first."""
    text = article["text"]
    cut = len(text) * 2 // 3
    return {**article, "text": text[cut:] + "\n\n" + text[:cut]}


def plan(number):
    """What becomes of article `number`: half is deleted, a quarter replaced, a quarter kept."""
    return ("delete", "replace", "delete", "keep")[random.Random(number).randrange(4)] if number % 97 else "keep"


def write(path, articles):
    with open(path, "w", encoding="utf-8") as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + "\n")


def nuncio(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout


def answers(program, index, queries):
    """Ids, passages and scores of each query: repr of a float tells all of its bits."""
    result = []
    for query, by in queries:
        if by == "quote":
            found = nuncio(program, "quotes", "-i", index, "--format", "json", "-k", 100, "--count", "--", query)
            page = json.loads(found or '{"quotes": [], "total": 0}')
            result.append((page["total"], [(quote["article"]["id"], quote["start"], repr(quote["score"]))
                                           for quote in page["quotes"]]))
            continue
        found = nuncio(program, "search", "-i", index, "--format", "json", "-k", 100, "--by", by, "--count", "--", query)
        page = json.loads(found or '{"hits": [], "total": 0}')
        result.append((page["total"], [(hit["article"]["id"], hit.get("passage", {}).get("start"), repr(hit["score"]))
                                       for hit in page["hits"]]))
    return result


def queries_of(data, archive, count):
    path = data / "queries" / "diplomatic.jsonl"
    if archive != "generated":
        texts = [json.loads(line)["query"] for line in path.read_text(encoding="utf-8").splitlines()]
    else:
        rng = random.Random(11)
        words = [word for article in articles_of([data / "generated.jsonl"]) for word in article["text"].split()[:20]]
        texts = [" ".join(rng.choices(words, k=1 + number % 4)) for number in range(count)]
    step = max(1, len(texts) // count)
    return [(text, ("passage", "passage", "quote", "article")[number % 4]) for number, text in enumerate(texts[::step][:count])]


def upkeep(program, inputs, queries, work, memory):
    long_lived, fresh = work / "long-lived", work / "fresh"
    doomed, replaced, left = [], [], []
    for number, article in enumerate(articles_of(inputs)):
        fate = plan(number)
        if fate == "delete":
            doomed.append(article["id"])
            continue
        version = changed(article) if fate == "replace" else article
        left.append(version)
        if fate == "replace":
            replaced.append(version)
    write(work / "replaced.jsonl", replaced)
    write(work / "left.jsonl", left)
    build = ["--memory", memory, "--quiet"]
    nuncio(program, "index", "-i", long_lived, *build, *inputs)
    for start in range(0, len(doomed), 1000):
        nuncio(program, "delete", "-q", "-i", long_lived, *doomed[start:start + 1000])
    nuncio(program, "index", "-i", long_lived, *build, work / "replaced.jsonl")
    nuncio(program, "index", "-i", fresh, *build, work / "left.jsonl")
    expected = answers(program, fresh, queries)
    before = answers(program, long_lived, queries)
    nuncio(program, "optimize", "-i", long_lived, "--memory", memory)
    after = answers(program, long_lived, queries)
    return {"articles_deleted": len(doomed), "articles_replaced": len(replaced), "articles_left": len(left),
            "queries": len(queries), "hits": sum(len(hits) for _, hits in expected),
            "queries_that_differ": sum(a != b for a, b in zip(expected, before)),
            "queries_that_differ_when_optimized": sum(a != b for a, b in zip(expected, after))}


def growth(program, work, memory, scales):
    rows, base = [], generated_archive(work / "generated.jsonl")
    size = base.stat().st_size
    for scale in scales:
        inputs = grown_archive(work / "grown.jsonl", base, scale)
        shutil.rmtree(work / "grown", ignore_errors=True)
        with Undisturbed():
            seconds, processor, peak = timed([program, "index", "-i", work / "grown", "--memory", memory, "--quiet", inputs])
        megabytes = scale * size / 1e6
        rows.append({"scale": scale, "input_bytes": scale * size, "seconds_per_mb": round(seconds / megabytes, 4),
                     "processor_seconds_per_mb": round(processor / megabytes, 4), "peak_private_bytes": peak})
        print(f"  {scale:>3} x {size >> 20} MiB: {rows[-1]['seconds_per_mb']:.4f} s a MB, of processor "
              f"{rows[-1]['processor_seconds_per_mb']:.4f}, peak {peak >> 20} MiB", flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(PROGRAM))
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--memory", default="256M")
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--scales", default="1,4,16")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=HERE.parent / "build") as folder:
        work = pathlib.Path(folder)
        inputs = corpora(arguments.data)
        name, data = ("frus+ungdc", arguments.data) if inputs else ("generated", work)
        inputs = inputs or [generated_archive(work / "generated.jsonl")]
        changes = upkeep(arguments.program, inputs, queries_of(data, name, arguments.queries), work, arguments.memory)
        print(f"upkeep of {name}:")
        for key, value in changes.items():
            print(f"  {key:<36} {value}")
        rows = growth(arguments.program, work, arguments.memory, [int(scale) for scale in arguments.scales.split(",")])
    figures = {"archive": name, "upkeep": changes, "growth": rows, "machine": machine_card()}
    if arguments.write:
        RESULT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return changes["queries_that_differ"] + changes["queries_that_differ_when_optimized"] != 0


if __name__ == "__main__":
    sys.exit(main())
